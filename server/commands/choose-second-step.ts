import { z } from "zod";
import { findFactor, storeSecondStepRule } from "#db/second-factors.ts";
import type { User } from "#rubric/member.ts";
import type { Application } from "../application.ts";
import { requireAdministrator } from "../membership.ts";
import { parse } from "../parse.ts";
import { invalidField } from "../refusal.ts";
import { confirmPassword } from "./check-password.ts";

const ruleInput = z.strictObject({
  secondStep: z.enum(["off", "facilitators", "everyone"], "Choose for whom."),
  rulePassword: z.string().max(1024),
});

/**
 * An administrator decides who has to sign in in two steps. Whoever has to and has not set it up is led to it: their
 * sessions and tokens are worth nothing until then.
 */
export async function chooseSecondStep(app: Application, administrator: User, input: unknown): Promise<void> {
  requireAdministrator(administrator);
  const { secondStep, rulePassword } = parse(ruleInput, input);
  const { pool } = app.database;
  const own = await findFactor(pool, administrator.userId);
  if (secondStep !== "off" && !own?.confirmedAt) {
    throw invalidField("secondStep", "Turn two-step sign-in on for yourself first, on your profile page.");
  }
  await confirmPassword(app, administrator, { password: rulePassword, field: "rulePassword" });
  await storeSecondStepRule(pool, secondStep);
}
