import { z } from "zod";
import type { AnalysisInput } from "./analysis/analysis-input.ts";
import type { Bundle, BundleHistogram, BundlePoints, BundleScore } from "./bundle.ts";
import { type CheckpointView, moves } from "./checkpoint.ts";
import { roleSchema } from "./member.ts";
import { pointSchema } from "./points.ts";
import { protocolSchema } from "./protocol.ts";
import { type CellId, policiesSchema, referenceReadingSchema, rubricSchema } from "./rubric.ts";
import { changeReasons, nonScoreSchema, nonScores, type Score } from "./score.ts";
import type { SnapshotInput } from "./snapshot.ts";
import type { MemberView, RosterView } from "./views.ts";

const count = z.int().min(0);
const hash = z.string().regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in lower-case hex");
const time = z.iso.datetime({ precision: 3, error: "is not a time in UTC with milliseconds" });
const uuid = z.uuid();
const cell = { policyId: z.string(), criterionId: z.string() };
const cellSchema: z.ZodType<CellId> = z.strictObject(cell);
const nonScoreCounts = z.strictObject({ cannotJudge: count, abstain: count, recused: count, absent: count });
const method = z.strictObject({ id: z.string(), version: z.string() });
const progress = z.strictObject({ submitted: count, expected: count });
const reviewState = z.enum(["drafting", "submitted", "absent"]);

const bundleScoreSchema: z.ZodType<BundleScore> = z.strictObject({
  round: z.int(),
  ...cell,
  memberId: uuid.exactOptional(),
  code: z.string().exactOptional(),
  value: z.int().nullable(),
  nonScore: z.enum([...nonScores, "absent"]).nullable(),
  rationale: z.string(),
  changeReason: z.string().nullable(),
  afterSight: z.boolean(),
  version: count,
  submittedAt: time.nullable(),
});

const bundleHistogramSchema: z.ZodType<BundleHistogram> = z.strictObject({
  round: z.int(),
  ...cell,
  n: count,
  counts: z.array(count).nullable(),
  nonScores: nonScoreCounts,
  rationales: z
    .array(z.strictObject({ value: z.int().nullable(), nonScore: nonScoreSchema.nullable(), rationale: z.string() }))
    .nullable(),
});

const pointsSchema = z.record(z.string(), pointSchema);

const bundlePointsSchema: z.ZodType<BundlePoints> = z.strictObject({
  round: z.int(),
  memberId: uuid.exactOptional(),
  code: z.string().exactOptional(),
  points: pointsSchema,
});

const memberSchema: z.ZodType<MemberView> = z.strictObject({
  memberId: uuid,
  name: z.string(),
  role: roleSchema,
  group: z.string().nullable(),
  email: z.string().exactOptional(),
  code: z.string().exactOptional(),
});

const rosterSchema: z.ZodType<RosterView> = z.strictObject({
  round: z.int().nullable(),
  entries: z.array(
    z.strictObject({
      memberId: uuid,
      name: z.string(),
      state: z.enum(["not-started", ...reviewState.options]),
      submittedAt: time.nullable(),
      complete: count.nullable(),
      cells: count,
    }),
  ),
});

const ownScoreSchema: z.ZodType<Score> = z.strictObject({
  ...cell,
  value: z.int().nullable(),
  nonScore: nonScoreSchema.nullable(),
  rationale: z.string(),
  changeReason: z.strictObject({ code: z.enum(changeReasons), note: z.string().optional() }).nullable(),
  version: count,
  savedAt: time,
});

const roundSchema = z.strictObject({
  round: z.int().min(1),
  rubricVersion: z.int().min(1),
  openedAt: time,
  revealedAt: time.nullable(),
  closedAt: time.nullable(),
  scope: z.array(cellSchema),
});

const rubricVersionSchema = z.strictObject({
  version: z.int().min(1),
  rubric: rubricSchema,
  policies: policiesSchema,
  rubricHash: hash,
  referenceReading: referenceReadingSchema.exactOptional(),
});

/** Its input and output are read apart: the one is parsed by `snapshotInputSchema`, the other computed anew. */
const snapshotSchema = z.strictObject({
  version: z.int().min(1),
  round: z.int().min(1),
  method,
  inputHash: hash,
  outputHash: hash,
  createdAt: time,
  input: z.unknown(),
  output: z.unknown(),
});

const auditSchema = z.strictObject({
  entries: z.array(z.strictObject({ seq: z.int(), line: z.string(), leaf: hash, batch: z.int() })),
  batches: z.array(z.strictObject({ batch: z.int(), count: z.int(), head: hash })),
});

const checkpointSchema: z.ZodType<CheckpointView> = z.strictObject({
  act: z.enum(moves).nullable(),
  round: z.int().nullable(),
  at: time,
  text: z.string(),
});

export const bundleSchema: z.ZodType<Bundle> = z.strictObject({
  format: z.literal("concord-bundle/1"),
  synthetic: z.boolean(),
  exportedAt: time,
  panel: z.strictObject({
    panelId: uuid,
    title: z.string(),
    question: z.string(),
    round: z.int().min(1).nullable(),
    phase: z.enum(["draft", "scoring", "discussion", "closed"]),
    version: count,
    progress,
  }),
  protocol: protocolSchema,
  protocolHash: hash,
  method,
  rubrics: z.array(rubricVersionSchema),
  members: z.array(memberSchema),
  roster: rosterSchema.exactOptional(),
  rounds: z.array(roundSchema),
  scores: z.array(bundleScoreSchema),
  histograms: z.array(bundleHistogramSchema),
  points: z.array(bundlePointsSchema).exactOptional(),
  snapshots: z.array(snapshotSchema),
  audit: auditSchema,
  checkpoints: z.array(checkpointSchema).exactOptional(),
  openings: z.array(z.strictObject({ round: z.int(), ...cell, who: z.string(), key: hash })).exactOptional(),
  cellKeys: z.array(z.strictObject({ round: z.int(), ...cell, key: hash })).exactOptional(),
  ownSheet: z
    .strictObject({
      round: z.int(),
      memberId: uuid,
      state: reviewState,
      scores: z.array(ownScoreSchema),
      points: pointsSchema.exactOptional(),
    })
    .exactOptional(),
  contentHash: hash,
});

const roundInput = {
  round: z.int().min(1),
  rubricVersion: z.int().min(1),
  rubricHash: hash,
  protocolHash: hash,
  cells: z.array(
    z.strictObject({
      ...cell,
      reviewers: count,
      n: count,
      counts: z.array(count).nullable(),
      nonScores: nonScoreCounts,
    }),
  ),
  answersHash: hash,
};
const scoreList = z.array(z.int().nullable());
const analysedSchema: z.ZodType<AnalysisInput> = z.strictObject({
  cells: z.array(
    z.strictObject({ ...cell, round: z.int().min(1), counts: z.array(count), before: z.int().min(1).nullable() }),
  ),
  reviewers: z
    .array(
      z.strictObject({
        label: z.string(),
        scores: scoreList,
        before: scoreList,
        points: z.array(count).nullable(),
      }),
    )
    .nullable(),
});

export const snapshotInputSchema: z.ZodType<SnapshotInput> = z.discriminatedUnion("format", [
  z.strictObject({ format: z.literal("concord-snapshot-input/1"), ...roundInput }),
  z.strictObject({ format: z.literal("concord-snapshot-input/2"), ...roundInput, analysed: analysedSchema }),
]);
