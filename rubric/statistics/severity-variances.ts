import { type AdditiveFit, additiveFit } from "./additive-fit.ts";
import { at } from "./arrays.ts";
import { cholesky, logDeterminant, solve } from "./cholesky.ts";
import { log } from "./elementary.ts";
import type { Layout } from "./layout.ts";
import type { Reason } from "./measured.ts";
import { minimise } from "./minimise.ts";
import type { ReducedEquations } from "./reduced-equations.ts";
import type { Ratings } from "./score-table.ts";
import { ratioOf } from "./variance-ratio.ts";

/** Variances of severity and noise, in squared scale units. */
export interface SeverityVariances {
  readonly reviewer: number;
  readonly residual: number;
}

/** Ratings, and what is known of them already. */
interface Scored {
  readonly ratings: Ratings;
  readonly layout: Layout;
  readonly equations: ReducedEquations;
}

/** With more reviewers the search would take too long, and Henderson's variances do. */
const MOST_REVIEWERS = 300;

/**
 * Variances under score = item + severity + noise with severities drawn from a normal distribution, by restricted maximum
 * likelihood; by Henderson's method 3 for more than 300 reviewers.
 *
 * Patterson & Thompson (1971), Recovery of inter-block information when block sizes are unequal, Biometrika 58:545-554;
 * Henderson (1953), Estimation of variance and covariance components, Biometrics 9:226-252.
 */
export function severityVariances(
  { ratings, layout, equations }: Scored,
  mostSteps: number,
): SeverityVariances | Reason {
  const freedom = layout.scores - layout.groups.length;
  if (freedom === 0) return "no-residual";
  if (equations.within <= 1e-12 * layout.squares) return { reviewer: 0, residual: 0 };
  const fit = additiveFit(ratings);
  if (fit.df === 0) return "no-residual";
  const start = hendersonVariances(fit, equations.within, freedom);
  if (start.residual === 0 || layout.members > MOST_REVIEWERS) return start;
  return likeliest({ equations, members: layout.members, freedom, mostSteps }, start);
}

/** What least squares leaves is noise; what it takes off the spread within items is severity, but for some noise. */
function hendersonVariances({ rss, df, layout, parts }: AdditiveFit, within: number, freedom: number) {
  const residual = rss / df;
  const explained = within - rss - (layout.members - parts.count) * residual;
  return { reviewer: Math.max(0, explained) / freedom, residual };
}

interface Data {
  readonly equations: ReducedEquations;
  readonly members: number;
  /** Scores less items. */
  readonly freedom: number;
  readonly mostSteps: number;
}

/** Searches the root of the ratio of the variances, where the likelihood is smooth down to no severity at all. */
function likeliest(data: Data, start: SeverityVariances): SeverityVariances | Reason {
  const found = minimise(
    ([root = 0]) => deviance(data, ratioOf(root)).value,
    [Math.sqrt(Math.max(0.01, start.reviewer / start.residual))],
    { step: 0.1, mostSteps: data.mostSteps },
  );
  if (!found.isConverged) return "not-converged";
  const [root = 0] = found.point;
  const slack = 1e-10 * Math.max(1, Math.abs(found.value));
  const ratio = deviance(data, 0).value <= found.value + slack ? 0 : ratioOf(root);
  const { residual } = deviance(data, ratio);
  return { reviewer: ratio * residual, residual };
}

/** Twice the negative logarithm of the restricted likelihood, but for a constant, and the residual variance there. */
function deviance({ equations: { matrix, right, within }, members, freedom }: Data, ratio: number) {
  const factor = cholesky(scaled(matrix, members, ratio), members);
  const found = solve(factor, right);
  let explained = 0;
  for (let member = 0; member < members; member += 1) explained += at(right, member) * at(found, member);
  const residual = (within - ratio * explained) / freedom;
  return { value: freedom * log(residual) + logDeterminant(factor), residual };
}

/** The matrix times a ratio, plus 1 on the diagonal. */
export function scaled(matrix: Float64Array, size: number, ratio: number): Float64Array {
  const result = matrix.map((entry) => entry * ratio);
  for (let row = 0; row < size; row += 1) result[row * size + row] = at(result, row * size + row) + 1;
  return result;
}
