import type { BareText, Bundle, BundleHistogram } from "#rubric/bundle.ts";
import type { AnsweredRound, ImportedReview, ImportedScore } from "#rubric/imported-panel.ts";
import { levelsOf, type Scale } from "#rubric/scale.ts";
import type { NonScore } from "#rubric/score.ts";
import { tallyFrom } from "./labelled-round.ts";
import { unnamedKey } from "./people.ts";

type BundleRound = Bundle["rounds"][number];

/** A round of which only histograms and bare texts are known. */
export function countedRound(bundle: Bundle, round: BundleRound): AnsweredRound {
  const histograms = bundle.histograms.filter((one) => one.round === round.round);
  const rubric = bundle.rubrics.find(({ version }) => version === round.rubricVersion)?.rubric;
  return {
    ...round,
    reviews: reviewsOf(histograms[0], round),
    scores: rubric ? histograms.flatMap((one, place) => dealt(one, { scale: rubric.scale, place })) : [],
    withheld: histograms.filter(({ counts }) => counts === null).map(tallyFrom),
    points: [],
  };
}

/** Every cell tells how many reviewed and how many of them were absent; when each submitted, none does. */
function reviewsOf(histogram: BundleHistogram | undefined, { revealedAt }: BundleRound): ImportedReview[] {
  if (!histogram) return [];
  const answers = answerCount(histogram);
  return Array.from({ length: answers + histogram.nonScores.absent }, (_, index) => ({
    member: unnamedKey(index),
    state: index < answers ? "submitted" : "absent",
    submittedAt: index < answers ? revealedAt : null,
    complete: null,
  }));
}

function answerCount({ n, nonScores }: BundleHistogram): number {
  return n + nonScores.cannotJudge + nonScores.abstain + nonScores.recused;
}

interface Given {
  readonly value: number | null;
  readonly nonScore: NonScore | null;
  rationale: string;
}

/** The cell's answers, each to another unnamed reviewer; in each cell from another one on, so that no row is anybody's. */
function dealt(histogram: BundleHistogram, { scale, place }: { scale: Scale; place: number }): ImportedScore[] {
  const { policyId, criterionId, counts, rationales } = histogram;
  if (counts === null) return [];
  const answers = withTexts(answersOf(histogram, { counts, levels: levelsOf(scale) }), rationales ?? []);
  return answers.map((answer, index) => ({
    member: unnamedKey((index + place) % answers.length),
    policyId,
    criterionId,
    ...answer,
    changeReason: null,
    afterSight: false,
    version: 1,
  }));
}

function answersOf(
  { nonScores }: BundleHistogram,
  { counts, levels }: { counts: readonly number[]; levels: readonly number[] },
): Given[] {
  const times = (n: number, value: number | null, nonScore: NonScore | null): Given[] =>
    Array.from({ length: n }, () => ({ value, nonScore, rationale: "" }));
  return [
    ...levels.flatMap((level, index) => times(counts[index] ?? 0, level, null)),
    ...times(nonScores.cannotJudge, null, "cannot-judge"),
    ...times(nonScores.abstain, null, "abstain"),
    ...times(nonScores.recused, null, "recused"),
  ];
}

/** Each text goes to an answer that it explains. */
function withTexts(answers: Given[], texts: readonly BareText[]): Given[] {
  for (const { value, nonScore, rationale } of texts) {
    const answer = answers.find((one) => one.value === value && one.nonScore === nonScore && one.rationale === "");
    if (answer) answer.rationale = rationale;
  }
  return answers;
}
