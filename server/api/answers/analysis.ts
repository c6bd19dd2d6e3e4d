import { z } from "zod";
import { cellId, roundNumber } from "./common.ts";

/** Figures over several cells, as the consensus carries them. */

const figure = z.number().nullable();
const share = z.number().min(0).max(1);
const reason = z.string().nullable();

const measure = z.strictObject({
  name: z.string(),
  version: z.string(),
  parameters: z.record(z.string(), z.union([z.number(), z.string()])),
  seed: z.string().nullable(),
});
const adjustedCell = z.strictObject({
  ...cellId,
  round: roundNumber,
  n: z.int(),
  mean: z.number(),
  adjusted: figure,
  seAdjusted: figure,
});
const crossed = {
  iccOne: figure,
  iccPanel: figure,
  betweenCells: share.nullable(),
  betweenReviewers: share.nullable(),
  reason,
};
const weights = z.strictObject({
  source: z.enum(["points", "stated", "equal"]),
  weights: z.array(share),
  equal: share,
  reviewers: z.array(z.array(share)),
  meanDifference: share.nullable(),
});
const orderedPolicy = z.strictObject({
  policyId: z.string(),
  value: figure,
  equalValue: figure,
  adjustedValue: figure,
  perspectives: z.array(z.strictObject({ perspectiveId: z.string(), value: figure })),
  low: figure,
  high: figure,
  rankProbability: z.array(share).nullable(),
});
const order = z.strictObject({
  criterionIds: z.array(z.string()),
  leftOut: z.strictObject({ policyIds: z.array(z.string()), criterionIds: z.array(z.string()) }),
  weights: z.array(share),
  policies: z.array(orderedPolicy),
  acceptability: z.strictObject({
    rankAcceptability: z.array(z.array(z.number()).nullable()).nullable(),
    centralWeights: z.array(z.array(z.number()).nullable()).nullable(),
    draws: z.int(),
  }),
  flip: z.strictObject({
    leader: z.string().nullable(),
    smallestMove: figure,
    challengers: z.array(z.strictObject({ policyId: z.string(), weightMoved: figure })),
    reason,
  }),
  leaveOneOut: z
    .strictObject({
      reviewers: z.int(),
      changesOfLeader: z.int(),
      leadersThen: z.array(z.string()),
      leastTau: figure,
      maxValueShift: figure,
    })
    .nullable(),
});
const camps = z.strictObject({
  areFound: z.boolean(),
  pValue: figure,
  reason,
  sizes: z.array(z.int()),
  leastSupport: z.array(z.strictObject({ ...cellId, supporters: z.int(), scores: z.int() })),
});
const heldLine = { pairs: z.int(), kappa: figure, reason };
const changes = z.strictObject({
  cells: z.array(
    z.strictObject({
      ...cellId,
      fromRound: roundNumber,
      toRound: roundNumber,
      paired: z.int(),
      changed: z.int(),
      toward: z.int(),
      away: z.int(),
    }),
  ),
  panel: z.strictObject(heldLine),
  criteria: z.array(z.strictObject({ criterionId: z.string(), ...heldLine })),
});

export const analysisAnswer = z
  .strictObject({
    measures: z.array(measure),
    cells: z.array(adjustedCell),
    reliability: z
      .strictObject({
        panel: z.strictObject(crossed),
        criteria: z.array(z.strictObject({ criterionId: z.string(), ...crossed })),
      })
      .nullable(),
    weights,
    order: order.nullable(),
    camps: camps.nullable(),
    changes: changes.nullable(),
  })
  .meta({ id: "Analysis" });

export const secondLook = z.strictObject({
  label: z.string(),
  isOwn: z.boolean(),
  scores: z.int(),
  severity: figure,
  severityRobustZ: figure,
  residualRms: figure,
  residualRobustZ: figure,
  correlationWithOthers: figure,
  alphaDeltaWithout: figure,
  usedLevels: z.int(),
  isUnusual: z.boolean(),
});
