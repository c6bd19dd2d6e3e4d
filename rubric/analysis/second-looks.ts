import { outlierReviewers } from "#rubric/statistics/outlier-reviewers.ts";
import { type AnalysisInput, scoresOf } from "./analysis-input.ts";

/**
 * One reviewer's figures, which facilitators see of each and reviewers of themselves. Worth a look, and never a reason to
 * leave anyone out. In scale units where not said otherwise.
 */
export interface SecondLook {
  readonly label: string;
  readonly scores: number;
  /** How generous beside the others on the same cells; its distance from the median in robust standard deviations. */
  readonly severity: number | null;
  readonly severityRobustZ: number | null;
  /** The root of the mean squared residual, and its distance from the median. */
  readonly residualRms: number | null;
  readonly residualRobustZ: number | null;
  /** With the mean of the others, -1 to 1. */
  readonly correlationWithOthers: number | null;
  /** How much ordinal alpha rises without this reviewer. */
  readonly alphaDeltaWithout: number | null;
  readonly usedLevels: number;
  readonly isUnusual: boolean;
}

const unusualBeyond = 3;

/** A look at each reviewer, by label; nobody on anonymous panels. */
export function secondLooks(input: AnalysisInput): SecondLook[] {
  const { values } = outlierReviewers(scoresOf(input));
  return (input.reviewers ?? []).map(({ label, scores }, place) => {
    const of = (list: readonly (number | null)[] | null) => list?.[place] ?? null;
    const look = {
      label,
      scores: scores.filter((score) => score !== null).length,
      severity: of(values.severity),
      severityRobustZ: of(values.severityRobustZ),
      residualRms: of(values.residualRms),
      residualRobustZ: of(values.residualRobustZ),
      correlationWithOthers: of(values.correlationWithOthers),
      alphaDeltaWithout: of(values.alphaDeltaWithout),
      usedLevels: values.usedLevels[place] ?? 0,
    };
    return { ...look, isUnusual: isUnusual(look) };
  });
}

function isUnusual(look: Omit<SecondLook, "isUnusual">): boolean {
  const { severityRobustZ, residualRobustZ, correlationWithOthers } = look;
  const isFar = [severityRobustZ, residualRobustZ].some((z) => Math.abs(z ?? 0) > unusualBeyond);
  return isFar || (correlationWithOthers ?? 0) < 0;
}
