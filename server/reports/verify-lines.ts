import { z } from "zod";
import { roleSchema } from "#rubric/member.ts";
import type { AuditView } from "#rubric/views.ts";

/** The audit lines that say something about the rest of a bundle. What is optional, lines of earlier releases lack. */

const cell = { policyId: z.string(), criterionId: z.string() };
const stamp = { at: z.string(), by: z.string() };
const setUp = {
  title: z.string(),
  question: z.string(),
  rubricHash: z.string().optional(),
  protocolHash: z.string().optional(),
};

const lineSchema = z.discriminatedUnion("act", [
  z.object({
    ...stamp,
    act: z.literal("panel-created"),
    ...setUp,
    synthetic: z.boolean(),
    panelId: z.string().optional(),
  }),
  z.object({ ...stamp, act: z.literal("set-up-changed"), ...setUp }),
  z.object({
    ...stamp,
    act: z.literal("member-joined"),
    memberId: z.string(),
    name: z.string(),
    role: roleSchema,
    scores: z.boolean(),
    group: z.string().nullable().optional(),
  }),
  z.object({ ...stamp, act: z.literal("member-left"), memberId: z.string() }),
  z.object({
    ...stamp,
    act: z.literal("round-opened"),
    round: z.int(),
    cells: z.int(),
    scopeHash: z.string().optional(),
    rubricVersion: z.int(),
    rubricHash: z.string(),
    protocolHash: z.string(),
  }),
  z.object({ ...stamp, act: z.literal("review-submitted"), round: z.int() }),
  z.object({ ...stamp, act: z.literal("submission-reopened"), round: z.int() }),
  z.object({
    ...stamp,
    act: z.literal("round-revealed"),
    round: z.int(),
    submitted: z.int(),
    expected: z.int(),
    reviews: z.array(z.object({ who: z.string(), submittedAt: z.string().optional() })),
    cells: z.array(z.object({ ...cell, seal: z.string() })).optional(),
    readingHash: z.string().nullable().optional(),
    pointsHash: z.string().optional(),
  }),
  z.object({
    ...stamp,
    act: z.literal("review-committed"),
    round: z.int(),
    who: z.string(),
    submittedAt: z.string().optional(),
    commitments: z.array(z.object({ ...cell, commitment: z.string() })),
  }),
  z.object({ ...stamp, act: z.literal("round-committed"), round: z.int(), commitments: z.array(z.string()) }),
  z.object({
    ...stamp,
    act: z.literal("round-closed"),
    round: z.int(),
    snapshot: z.int(),
    inputHash: z.string(),
    outputHash: z.string(),
  }),
]);

export type Line = z.infer<typeof lineSchema>;
type RoundAct = Extract<Line, { round: number }>["act"];

export function linesOf({ entries }: AuditView): Line[] {
  return entries.flatMap(({ line }) => {
    const parsed = lineSchema.safeParse(readJson(line));
    return parsed.success ? [parsed.data] : [];
  });
}

/** The lines that tell of this act in this round. */
export function linesAbout<Act extends RoundAct>(
  lines: readonly Line[],
  act: Act,
  round: number,
): Extract<Line, { act: Act }>[] {
  const isMeant = (line: Line): line is Extract<Line, { act: Act }> =>
    line.act === act && "round" in line && line.round === round;
  return lines.filter(isMeant);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
