import { z } from "zod";
import { roundConvergence } from "#rubric/statistics/round-convergence.ts";
import { roundStability } from "#rubric/statistics/round-stability.ts";
import { levelsIn } from "#rubric/statistics/score-table.ts";
import { wilcoxonSignedRank } from "#rubric/statistics/wilcoxon-signed-rank.ts";
import { type Form, form } from "./form.ts";
import { asManyAs, inputOf, scale, scoresAreOnScale } from "./inputs.ts";

/** The scores of one round by reviewer; `null`: none. */
const scores = z.array(z.number("must be a number or null").nullable());

/** Each score of that round is on `scale`, where there is one. */
function isOnScale(field: string): typeof scoresAreOnScale {
  return (input, tell) =>
    scoresAreOnScale({ scale: input.scale, ratings: [input[field]] }, ([, , reviewer = 0], message) =>
      tell([field, reviewer], message),
    );
}

const stability = form({
  measure: "round-stability",
  wave: 1,
  name: "round1 and round2",
  fields: ["scale", "round1", "round2"],
  optional: [],
  params: [],
  keys: [
    ...["nPaired", "changed", "proportionChanged", "meanChange", "meanAbsChange", "up", "down"],
    ...["towardRound1Median", "awayFromRound1Median", "histogramChange", "medianShift", "iqrChange", "sdRatio"],
  ],
  schema: inputOf(
    { scale, round1: scores, round2: scores },
    asManyAs("round2", "round1"),
    isOnScale("round1"),
    isOnScale("round2"),
  ),
  run: ({ scale: { levels }, round1, round2 }) => roundStability(round1, round2, levels ?? levelsIn([round1, round2])),
});

const convergence = form({
  measure: "round-convergence",
  wave: 1,
  name: "rounds",
  fields: ["rounds"],
  optional: [],
  params: [],
  keys: ["sd", "meanAbsDev", "range", "sdRatioLastFirst"],
  schema: inputOf({ rounds: z.array(scores) }),
  run: (input) => roundConvergence(input.rounds),
});

const wilcoxon = form({
  measure: "wilcoxon-signed-rank",
  wave: 1,
  name: "round1 and round2",
  fields: ["round1", "round2"],
  optional: ["scale"],
  params: [],
  keys: ["n", "zeros", "V", "pExact", "zNormal", "pNormal", "matchedRankBiserial"],
  schema: inputOf(
    { round1: scores, round2: scores, scale: scale.optional() },
    asManyAs("round2", "round1"),
    isOnScale("round1"),
    isOnScale("round2"),
  ),
  run: (input) => wilcoxonSignedRank(input.round1, input.round2),
});

/** From one round to the next. */
export const roundsForms: readonly Form[] = [stability, convergence, wilcoxon];
