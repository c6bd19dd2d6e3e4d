import { z } from "zod";
import { roleSchema } from "#rubric/member.ts";
import { pointSchema } from "#rubric/points.ts";
import { protocolInput } from "#rubric/protocol.ts";
import { changeReasons, nonScores } from "#rubric/score.ts";
import demoPanelFile from "./demo-panel.json" with { type: "json" };

const cell = { policyId: z.string(), criterionId: z.string() };

const entrySchema = z.object({
  member: z.string(),
  ...cell,
  value: z.int().optional(),
  /** `absent` is what Concord sets at the reveal; the loader writes nothing for it. */
  nonScore: z.enum([...nonScores, "absent"]).optional(),
  rationale: z.string().optional(),
  /** Repeats the member's answer and text of the round before. */
  kept: z.boolean().optional(),
  changeReason: z.enum(changeReasons).optional(),
});

const expectedSchema = z.object({
  round: z.int(),
  ...cell,
  eligible: z.int(),
  n: z.int(),
  nonScores: z.partialRecord(z.enum([...nonScores, "absent"]), z.int()),
  counts: z.array(z.int()).nullable(),
  median: z.number().nullable(),
  disagreement: z.enum(["none", "some", "strong"]).nullable(),
  verdict: z.enum(["agreed", "contested", "too-few"]),
  direction: z.enum(["supports", "opposes", "neutral"]).nullable(),
});

const stopSchema = z.object({
  id: z.string(),
  round: z.int(),
  submitted: z.array(z.string()),
  drafting: z.array(z.object({ member: z.string(), cells: z.int() })),
});

/** `concord-demo/1`, as far as the product can show it: what belongs to later parts of a panel's life is passed over. */
const demoPanelSchema = z.object({
  format: z.literal("concord-demo/1"),
  synthetic: z.literal(true),
  notice: z.string(),
  badge: z.string(),
  template: z.string(),
  panel: z.object({ title: z.string(), question: z.string(), protocol: protocolInput }),
  groups: z.array(z.object({ id: z.string(), title: z.string() })),
  members: z.array(
    z.object({ id: z.string(), handle: z.string(), role: roleSchema, label: z.string(), group: z.string().optional() }),
  ),
  /** How much each criterion matters to a member, given with every sheet they submit. */
  weights: z.array(z.object({ member: z.string(), points: z.record(z.string(), pointSchema) })),
  recusals: z.array(z.object({ member: z.string(), policyId: z.string(), reason: z.string() })),
  rounds: z.array(
    z.object({
      round: z.int(),
      scope: z.union([z.literal("all-cells"), z.array(z.object(cell))]),
      scores: z.array(entrySchema),
    }),
  ),
  expected: z.object({ levels: z.array(z.int()), cells: z.array(expectedSchema) }),
  stops: z.array(stopSchema),
});

export type DemoPanel = z.infer<typeof demoPanelSchema>;
export type DemoEntry = DemoPanel["rounds"][number]["scores"][number];

/** The invented panel that a fresh installation shows. */
export function demoPanel(): DemoPanel {
  return demoPanelSchema.parse(demoPanelFile);
}
