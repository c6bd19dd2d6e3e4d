import { z } from "zod";
import { analysisAnswer, secondLook } from "./analysis.ts";
import { cellId, hash, method, nonScore, phase, progress, roundNumber, time } from "./common.ts";

const rule = z.looseObject({ id: z.enum(["share", "ipras"]) });

const figures = {
  eligible: z.int(),
  n: z.int(),
  nonScores: z.strictObject({ cannotJudge: z.int(), abstain: z.int(), recused: z.int(), absent: z.int() }),
  counts: z.array(z.int()).nullable().describe("Scores at each level, lowest first; null below the minimum of scores."),
  median: z.number().nullable(),
  iqr: z.number().nullable(),
  disagreement: z.enum(["none", "some", "strong"]).nullable(),
  verdict: z.enum(["agreed", "contested", "too-few"]),
  direction: z.enum(["supports", "opposes", "neutral"]).nullable(),
  rule,
};

const boardCell = z.strictObject({ ...cellId, ...figures }).meta({ id: "BoardCell" });
const hidden = { visible: z.literal(false), reason: z.string() };
const shown = { visible: z.literal(true) };

const boardHead = { version: z.int(), round: roundNumber.nullable(), phase, progress };
export const boardAnswer = z.discriminatedUnion("visible", [
  z.strictObject({ ...boardHead, ...hidden }),
  z.strictObject({ ...boardHead, ...shown, computedAt: time.nullable(), cells: z.array(boardCell) }),
]);

const cellHead = { ...cellId, version: z.int(), round: roundNumber.nullable(), phase };
const entry = z.strictObject({
  label: z.string().nullable(),
  name: z.string().nullable(),
  isOwn: z.boolean(),
  value: z.int().nullable(),
  nonScore: z.enum([...nonScore.options, "absent"]).nullable(),
  rationale: z.string(),
  changeReason: z.string().nullable(),
  afterSight: z.boolean(),
});
const reading = z.strictObject({
  ...cellId,
  paraphrase: z.string(),
  quote: z.string().optional(),
  quoteSource: z.string().optional(),
  placement: z.enum(["authors", "concord"]),
});
export const cellAnswer = z.discriminatedUnion("visible", [
  z.strictObject({ ...cellHead, ...hidden }),
  z.strictObject({ ...cellHead, ...shown, cell: boardCell, entries: z.array(entry), reading: reading.nullable() }),
]);

const perspective = z.strictObject({
  perspectiveId: z.string(),
  agreed: z.int(),
  contested: z.int(),
  tooFew: z.int(),
  counts: z.array(z.int()),
  medians: z.array(z.strictObject({ criterionId: z.string(), median: z.number().nullable() })),
});
const parameters = z.strictObject({
  rule: z.enum(["share", "ipras"]),
  agreeShare: z.number(),
  opposedBelow: z.number().nullable(),
  minScores: z.int(),
  quantileType: z.literal(2),
});
const coefficient = z.number().max(1).nullable();
const reliability = {
  cells: z.int(),
  scores: z.int(),
  alpha: coefficient,
  alphaLow: z.number().nullable(),
  alphaHigh: coefficient,
  ac2: coefficient,
  reasons: z.record(z.string(), z.string()),
};
const cellAgreement = z.strictObject({
  ...cellId,
  agreementExact: coefficient,
  agreementA: coefficient,
  medianLow: z.number().nullable(),
  medianHigh: z.number().nullable(),
});
const criterionReliability = z.strictObject({ criterionId: z.string(), ...reliability });
const movement = z.strictObject({
  ...cellId,
  fromRound: roundNumber,
  toRound: roundNumber,
  histogramChange: z.number().min(0).max(1),
  medianShift: z.number(),
  iqrChange: z.number(),
  verdict: z.enum(["agreed", "contested"]),
});
const consensusHead = { version: z.int(), round: roundNumber.nullable() };
export const consensusAnswer = z.discriminatedUnion("visible", [
  z.strictObject({ ...consensusHead, ...hidden }),
  z.strictObject({
    ...consensusHead,
    ...shown,
    method,
    parameters,
    cells: z.array(z.strictObject({ ...cellId, ...figures, settledInRound: roundNumber.nullable() })),
    policies: z.array(z.strictObject({ policyId: z.string(), perspectives: z.array(perspective) })),
    agreement: z
      .strictObject({
        cells: z.array(cellAgreement),
        panel: z.strictObject(reliability),
        criteria: z.array(criterionReliability),
      })
      .nullable(),
    movement: z.array(movement),
    robustness: analysisAnswer.nullable(),
    pending: z.strictObject({ done: z.int(), of: z.int() }).nullable(),
    secondLooks: z.array(secondLook),
  }),
]);

const snapshotHead = {
  version: z.int(),
  round: roundNumber,
  method,
  inputHash: hash,
  outputHash: hash,
  createdAt: time,
};
export const snapshotsAnswer = z.strictObject({ snapshots: z.array(z.strictObject(snapshotHead)) });
export const snapshotAnswer = z.strictObject({ ...snapshotHead, input: z.unknown(), output: z.unknown() });
