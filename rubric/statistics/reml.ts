import { add, at, countAt } from "./arrays.ts";
import { cholesky, logDeterminant, solve } from "./cholesky.ts";
import { log } from "./elementary.ts";
import { type GroupPool, groupPools, meetings } from "./group-pools.ts";
import type { Layout } from "./layout.ts";
import { minimise } from "./minimise.ts";
import { ratioOf } from "./variance-ratio.ts";

/** Variances by restricted maximum likelihood, in squared scale units, and the mean over all groups and members. */
export interface RemlFit {
  readonly group: number;
  readonly member: number;
  readonly residual: number;
  readonly intercept: number;
}

interface Ratios {
  readonly group: number;
  readonly member: number;
}

/** The search starts a little inside, for at no variance at all the likelihood is level. */
const SMALLEST_START = 0.01;

/**
 * Fits score = mean + group + member + noise, groups and members both drawn from normal distributions. Groups are
 * eliminated, so each step costs the number of members cubed. `start` are the two variances by that of the noise. `null`
 * if the search does not settle in `mostSteps`.
 *
 * Patterson & Thompson (1971), Biometrika 58:545-554; Bates et al. (2015), Journal of Statistical Software 67.
 */
export function reml(layout: Layout, start: Ratios, mostSteps: number): RemlFit | null {
  const pools = groupPools(layout);
  const members = memberTotals(layout);
  const fitAt = (ratios: Ratios) => fitted({ layout, pools, members }, ratios);
  // In the roots of the ratios the likelihood is smooth down to no variance at all.
  const found = minimise(
    ([group = 0, member = 0]) => fitAt({ group: ratioOf(group), member: ratioOf(member) }).deviance,
    [start.group, start.member].map((ratio) => Math.sqrt(Math.max(ratio, SMALLEST_START))),
    { step: 0.1, mostSteps },
  );
  const [group = 0, member = 0] = found.point;
  if (!found.isConverged) return null;
  const ratios = settled({ group: ratioOf(group), member: ratioOf(member) }, (tried) => fitAt(tried).deviance);
  const { residual, mean } = fitAt(ratios);
  return {
    group: ratios.group * residual,
    member: ratios.member * residual,
    residual,
    intercept: mean + layout.zero,
  };
}

/** Takes a variance for 0 where that is as likely but for rounding. */
function settled(found: Ratios, devianceAt: (ratios: Ratios) => number): Ratios {
  const most = devianceAt(found);
  const slack = 1e-10 * Math.max(1, Math.abs(most));
  const group = devianceAt({ ...found, group: 0 }) <= most + slack ? 0 : found.group;
  const member = devianceAt({ group, member: 0 }) <= most + slack ? 0 : found.member;
  return { group, member };
}

interface MemberTotals {
  readonly sizes: Float64Array;
  readonly sums: Float64Array;
}

function memberTotals({ groups, members }: Layout): MemberTotals {
  const totals = { sizes: new Float64Array(members), sums: new Float64Array(members) };
  for (const group of groups) {
    for (const [place, member] of group.members.entries()) {
      add(totals.sizes, member, 1);
      add(totals.sums, member, at(group.scores, place));
    }
  }
  return totals;
}

interface Data {
  readonly layout: Layout;
  readonly pools: readonly GroupPool[];
  readonly members: MemberTotals;
}

/** Twice the negative logarithm of the restricted likelihood, but for a constant, and what follows from it. */
function fitted(data: Data, ratios: Ratios): { deviance: number; residual: number; mean: number } {
  const { matrix, right, explained, logGroups } = equations(data, ratios);
  const factor = cholesky(matrix, right.length);
  const found = solve(factor, right);
  let fit = explained;
  for (const [row, value] of right.entries()) fit += value * at(found, row);
  const freedom = data.layout.scores - 1;
  const residual = (data.layout.squares - fit) / freedom;
  return { deviance: freedom * log(residual) + logDeterminant(factor) + logGroups, residual, mean: at(found, 0) };
}

/**
 * The equations of the mean (row 0) and the members, the groups eliminated, each member's row and column times the root
 * of its ratio. A group of n scores then weighs 1 / (1 + n ratio) in the mean.
 */
function equations({ layout, pools, members }: Data, { group, member }: Ratios) {
  const size = layout.members + 1;
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  const root = Math.sqrt(member);
  let explained = 0;
  let logGroups = 0;
  const met = new Float64Array((layout.members * size) / 2);
  for (const pool of pools) {
    const weight = 1 / (1 + pool.size * group);
    const pull = group * weight;
    add(matrix, 0, pool.groups * pool.size * weight);
    add(right, 0, pool.sum * weight);
    explained += pull * pool.squares;
    logGroups -= pool.groups * log(weight);
    for (let pair = 0; pair < met.length; pair += 1) add(met, pair, pull * countAt(pool.shared, pair));
    for (let row = 0; row < layout.members; row += 1) {
      add(matrix, (row + 1) * size, root * weight * meetings(pool, row));
      add(right, row + 1, -root * pull * at(pool.memberSums, row));
    }
  }
  let pair = 0;
  for (let row = 0; row < layout.members; row += 1) {
    const start = (row + 1) * size + 1;
    add(right, row + 1, root * at(members.sums, row));
    for (let column = 0; column <= row; column += 1) {
      matrix[start + column] = -member * at(met, pair);
      pair += 1;
    }
    add(matrix, start + row, member * at(members.sizes, row) + 1);
  }
  return { matrix, right, explained, logGroups };
}
