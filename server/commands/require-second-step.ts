import { type SecondStepRule, wouldOweSecondStep } from "#db/second-factors.ts";
import type { Role, User } from "#rubric/member.ts";
import type { Application } from "../application.ts";
import { Refusal } from "../refusal.ts";

/** Whether a rule asks somebody in this role for a second step. */
export function isAsked(rule: SecondStepRule, role: Role): boolean {
  return rule === "everyone" || (rule === "facilitators" && role === "facilitator");
}

/**
 * Keeps somebody from a role in which they could do nothing before they have set up a second step.
 * @throws Refusal 403 in words
 */
export async function requireSecondStepFor(app: Application, user: User, role: Role): Promise<void> {
  if (role !== "facilitator" || !(await wouldOweSecondStep(app.database.pool, user.userId))) return;
  const sentence = "Facilitators of this installation sign in in two steps. Turn that on on your profile page first.";
  throw new Refusal(403, sentence);
}
