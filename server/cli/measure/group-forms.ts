import { z } from "zod";
import { distinctCamps } from "#rubric/groups/distinct-camps.ts";
import { groupInformedConsensus } from "#rubric/groups/group-informed-consensus.ts";
import { opinionGroups } from "#rubric/groups/opinion-groups.ts";
import { statementConsensus } from "#rubric/groups/representative-statements.ts";
import { euclidean, silhouette } from "#rubric/groups/silhouette.ts";
import type { Measured } from "#rubric/statistics/measured.ts";
import { randomFrom } from "#rubric/statistics/random.ts";
import { type Form, form } from "./form.ts";
import { isSquare, labels, numbers, voteCounts, votesAreSeen } from "./group-inputs.ts";
import { asManyAs, inputOf, ratings, scale, scoresAreOnScale } from "./inputs.ts";
import { areStepsTooMany, isSquareTooLarge, sizeOf } from "./limits.ts";
import { withSeed } from "./seed.ts";

/** Numbers of groups whose labels and silhouettes are always answered, asked for or not. */
const usualKs = [2, 3, 4];

const opinion = form({
  measure: "opinion-groups",
  wave: 1,
  name: "average linkage",
  fields: ["ratings"],
  optional: ["scale", "params"],
  params: ["ks", "linkage", "distance", "centre", "permutations"],
  keys: [
    ...["mergeHeights", "bestK", "labels2", "silhouette2", "labels3", "silhouette3", "labels4", "silhouette4"],
    "pairsWithTooFewCommon",
  ],
  schema: withSeed(
    inputOf(
      {
        ratings,
        scale: scale.optional(),
        params: z
          .object({
            ks: z.array(z.int().min(1)).min(1).optional(),
            linkage: z.literal("average").optional(),
            centre: z.boolean().default(false),
            permutations: z.int().min(99).max(99_999).optional(),
          })
          .prefault({}),
      },
      scoresAreOnScale,
    ),
  ),
  run({ ratings, params: { ks, centre: isCentred, permutations }, seed }) {
    const usual = opinionGroups(ratings, { ks: usualKs, isCentred });
    const asked = opinionGroups(ratings, ks === undefined ? { isCentred } : { ks, isCentred });
    if (permutations === undefined) return merged(usual, asked);
    return merged(usual, asked, distinctCamps(ratings, { permutations, random: randomFrom(seed) }));
  },
  isTooLarge({ ratings, params: { permutations = 1 } }) {
    const { reviewers, items } = sizeOf(ratings);
    return isSquareTooLarge(reviewers) || areStepsTooMany(permutations, reviewers, reviewers, items);
  },
});

const silhouetteKeys = ["averageWidth", "perCluster", "widths"];

const silhouetteOfPoints = form({
  measure: "silhouette",
  wave: 1,
  name: "points",
  fields: ["points", "labels"],
  optional: [],
  params: [],
  keys: silhouetteKeys,
  schema: inputOf({ points: numbers, labels }, asManyAs("labels", "points")),
  run: ({ points, labels }) => silhouette(euclidean(points), labels),
  isTooLarge: ({ points }) => isSquareTooLarge(points.length),
});

const silhouetteOfDistances = form({
  measure: "silhouette",
  wave: 1,
  name: "distances",
  fields: ["distances", "labels"],
  optional: [],
  params: [],
  keys: silhouetteKeys,
  schema: inputOf({ distances: numbers, labels }, asManyAs("labels", "distances"), isSquare),
  run: ({ distances, labels }) =>
    silhouette({ size: distances.length, matrix: Float64Array.from(distances.flat()) }, labels),
});

const consensusOfScores = form({
  measure: "group-informed-consensus",
  wave: 1,
  name: "scores",
  fields: ["ratings", "labels"],
  optional: ["scale", "params"],
  params: ["threshold"],
  keys: ["product", "geometricMean", "lowestGroupMean", "leastSupport"],
  schema: inputOf(
    { ratings, labels, scale: scale.optional(), params: z.object({ threshold: z.number() }) },
    asManyAs("labels", "ratings"),
    scoresAreOnScale,
  ),
  run: ({ ratings, labels, params: { threshold } }) => groupInformedConsensus({ ratings, labels, threshold }),
});

const consensusOfVotes = form({
  measure: "group-informed-consensus",
  wave: 1,
  name: "votes",
  fields: ["agree", "disagree", "seen"],
  optional: [],
  params: [],
  keys: ["groupAwareConsensusAgree", "groupAwareConsensusDisagree", "pAgree", "representative"],
  schema: inputOf({ agree: voteCounts, disagree: voteCounts, seen: voteCounts }, votesAreSeen),
  run: (votes) => statementConsensus(votes),
});

/** Camps among the reviewers, and what all of them support. */
export const groupForms: readonly Form[] = [
  opinion,
  silhouetteOfPoints,
  silhouetteOfDistances,
  consensusOfScores,
  consensusOfVotes,
];

function merged(...parts: readonly Measured<object>[]): Measured<object> {
  return {
    values: Object.assign({}, ...parts.map(({ values }) => values)),
    reasons: Object.assign({}, ...parts.map(({ reasons }) => reasons)),
  };
}
