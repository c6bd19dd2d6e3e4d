import type { Protocol } from "../protocol.ts";
import type { Policy, Rubric } from "../rubric.ts";
import { type AdjustedCell, adjustedCells, type CrossedReliability, crossedReliability } from "./adjusted-cells.ts";
import type { AnalysisInput } from "./analysis-input.ts";
import { type Camps, campsOf, permutations } from "./camps.ts";
import { type CriteriaShares, criteriaShares } from "./criteria-shares.ts";
import { resamples } from "./ordered-policies.ts";
import { type PolicyOrder, policyOrder } from "./policy-order.ts";
import { type RoundChanges, roundChanges } from "./round-changes.ts";

/** The figures over several cells of a revealed round, and of the rounds that settled its other cells. */
export interface Analysis {
  /** What computed them: a changed formula is a new version, and old versions stay. */
  readonly measures: readonly MeasureUsed[];
  readonly cells: readonly AdjustedCell[];
  /** `null` on anonymous panels. */
  readonly reliability: {
    readonly panel: CrossedReliability;
    readonly criteria: readonly (CrossedReliability & { readonly criterionId: string })[];
  } | null;
  readonly weights: CriteriaShares;
  readonly order: PolicyOrder | null;
  readonly camps: Camps | null;
  readonly changes: RoundChanges | null;
}

interface MeasureUsed {
  readonly name: string;
  readonly version: string;
  /** A count of draws is 0 where there was nothing to draw. */
  readonly parameters: Readonly<Record<string, number | string>>;
  /** In hex, from the input's hash; `null` where nothing is drawn. */
  readonly seed: string | null;
}

/** What chance is needed for. Each has a seed of its own, made from the hash of the input: nobody can shop for one. */
export type Purpose = "smaa" | "resampled-values" | "distinct-camps";
type Seeds = (purpose: Purpose) => string;
/** Told after each step how many are done, and of how many. */
export type OnStep = (done: number, of: number) => void;

export interface AnalysisContext {
  readonly rubric: Rubric;
  readonly policies: readonly Policy[];
  readonly protocol: Pick<Protocol, "minScores">;
}

/**
 * Computes every figure that needs more than one cell. It takes from milliseconds to some seconds: a server leaves it to
 * another thread.
 *
 * @param run where the seeds come from, in hex
 */
export function analyse(
  input: AnalysisInput,
  { rubric, policies, protocol }: AnalysisContext,
  run: { readonly seedOf: Seeds; readonly onStep?: OnStep },
): Analysis {
  const { minScores } = protocol;
  const { seedOf, onStep = () => {} } = run;
  const cells = adjustedCells(input, rubric);
  onStep(1, 4);
  const reliability = reliabilityOf(input, rubric);
  const shares = criteriaShares(input, rubric, minScores);
  onStep(2, 4);
  const seeds = { acceptability: seedOf("smaa"), resampling: seedOf("resampled-values") };
  const order = policyOrder({ input, cells, shares, rubric, policies, seeds });
  onStep(3, 4);
  const camps = campsOf(input, rubric, { seed: seedOf("distinct-camps"), minScores });
  onStep(4, 4);
  const measures = measuresOf({ order, camps }, seedOf);
  return { measures, cells, reliability, weights: shares, order, camps, changes: roundChanges(input, rubric) };
}

function reliabilityOf(input: AnalysisInput, rubric: Rubric): Analysis["reliability"] {
  if (input.reviewers === null) return null;
  const criteria = rubric.criteria.map(({ id }) => ({ criterionId: id, ...crossedReliability(input, id) }));
  return { panel: crossedReliability(input, null), criteria };
}

/** Where nothing is drawn, as from too few or too many scores, nothing is said of chance. */
function measuresOf({ order, camps }: Pick<Analysis, "order" | "camps">, seedOf: Seeds): MeasureUsed[] {
  const isResampled = order?.policies.some(({ rankProbability }) => rankProbability !== null) ?? false;
  return [
    plain("severity-adjusted", { model: "mixed" }),
    plain("variance-components", { method: "henderson" }),
    plain("criteria-weights"),
    plain("policy-values"),
    drawn("resampled-values", { resamples: isResampled ? resamples : 0 }, seedOf),
    drawn("smaa", { draws: order?.acceptability.draws ?? 0 }, seedOf),
    plain("weight-flip"),
    plain("leave-one-reviewer-out"),
    drawn("distinct-camps", { permutations: isTested(camps) ? permutations : 0 }, seedOf),
    plain("round-stability"),
    plain("weighted-kappa", { weights: "quadratic" }),
  ];
}

function isTested(camps: Camps | null): boolean {
  return camps !== null && camps.pValue !== null;
}

function plain(name: string, parameters: MeasureUsed["parameters"] = {}): MeasureUsed {
  return { name, version, parameters, seed: null };
}

function drawn(name: Purpose, counts: Readonly<Record<string, number>>, seedOf: Seeds): MeasureUsed {
  const isDrawn = Object.values(counts).some((count) => count > 0);
  return { name, version, parameters: counts, seed: isDrawn ? seedOf(name) : null };
}

const version = "1";
