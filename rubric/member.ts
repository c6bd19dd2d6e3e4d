import { z } from "zod";
import { email, name } from "./text.ts";

export const roles = ["facilitator", "reviewer", "observer"] as const;
export const roleSchema = z.enum(roles, "Choose facilitator, reviewer or observer.");
export type Role = z.infer<typeof roleSchema>;

/** A person with an account on this installation. */
export interface User {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly isAdministrator: boolean;
}

/**
 * A user in one panel. The value is the proof of permission: only `server/membership.ts` makes one, after looking the
 * membership up, so whoever holds it may act for that person in that panel.
 */
export interface Member {
  readonly panelId: string;
  readonly memberId: string;
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  /** Whether this person scores: every reviewer, and a facilitator who was set up to. */
  readonly scores: boolean;
}

export const invitationsInput = z.strictObject({
  invitations: z
    .array(
      z
        .strictObject({ email, role: roleSchema, group: name(80).optional(), scores: z.boolean().optional() })
        .refine((one) => one.scores !== true || one.role !== "observer", {
          path: ["scores"],
          message: "An observer does not score.",
        }),
    )
    .min(1, "Write at least one e-mail address.")
    .max(200),
});

/** Whether an invited or joining person will score: reviewers always, facilitators only when asked to. */
export function scoresByRole(role: Role, scores: boolean | undefined): boolean {
  return role === "reviewer" || (role === "facilitator" && scores === true);
}
