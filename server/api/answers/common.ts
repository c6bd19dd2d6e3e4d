import { z } from "zod";
import { roles } from "#rubric/member.ts";
import { nonScores } from "#rubric/score.ts";

/** The shapes below describe the answers for readers of the served document; the tests hold every answer to them. */

export const id = z.uuid();
export const time = z.iso.datetime();
export const hash = z.string().regex(/^[0-9a-f]{64}$/);
export const role = z.enum(roles);
export const phase = z.enum(["draft", "scoring", "discussion", "closed"]);
export const nonScore = z.enum(nonScores);
export const roundNumber = z.int().min(1);

export const cellId = { policyId: z.string(), criterionId: z.string() };
export const progress = z.strictObject({ submitted: z.int(), expected: z.int() });
export const method = z.strictObject({ id: z.string(), version: z.string() });

export const problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
    current: z.unknown().optional(),
    requestId: z.string().optional(),
  })
  .meta({ id: "Problem", description: "Why the call was not done, in words for the person who asked (RFC 9457)." });
