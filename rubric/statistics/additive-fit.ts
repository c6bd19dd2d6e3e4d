import { add, at, countAt } from "./arrays.ts";
import { cholesky, solve } from "./cholesky.ts";
import { type ConnectedParts, connectedParts } from "./connected-parts.ts";
import { squares } from "./figure.ts";
import { type Layout, layoutOf, transposed } from "./layout.ts";
import { reducedEquations } from "./reduced-equations.ts";
import type { Ratings } from "./score-table.ts";

/** Least squares of score = item + reviewer. Items and reviewers without scores are left out of the lists. */
export interface AdditiveFit {
  /** Items as groups of reviewers. */
  readonly layout: Layout;
  readonly parts: ConnectedParts;
  /** By item: what it would have got had all reviewers of its part scored it. */
  readonly items: Float64Array;
  /** By reviewer: how much higher than others, 0 on average over each connected part. */
  readonly reviewers: Float64Array;
  /** Sum of squared residuals, 0 if below 1e-12 of the total. */
  readonly rss: number;
  /** Scores less free parameters. */
  readonly df: number;
}

/**
 * Fits the additive model part by part. The longer side of the table is eliminated, so the cost is that of the shorter
 * one cubed.
 *
 * @example additiveFit([[1, 2], [2, 3]]).reviewers // [-0.5, 0.5]
 */
export function additiveFit(ratings: Ratings): AdditiveFit {
  const layout = layoutOf(ratings);
  const parts = connectedParts(layout);
  const isTall = layout.members > layout.groups.length;
  const { groups, members } = eliminated(isTall ? layoutOf(transposed(ratings)) : layout, layout.zero);
  const [items, reviewers] = isTall ? [members, groups] : [groups, members];
  centre(items, reviewers, parts);
  const total = layout.squares - (sumOf(layout) * sumOf(layout)) / Math.max(1, layout.scores);
  const rss = squares(squaredResiduals(layout, items, reviewers), total);
  const df = layout.scores - layout.groups.length - layout.members + parts.count;
  return { layout, parts, items: items.map((value) => value + layout.zero), reviewers, rss, df };
}

/** Values of groups and members that fit best, up to a constant for each part. */
function eliminated(layout: Layout, zero: number): { groups: Float64Array; members: Float64Array } {
  const { matrix, right } = reducedEquations(layout);
  fixParts(matrix, connectedParts(layout).ofMember);
  const members = solve(cholesky(matrix, layout.members), right);
  const groups = Float64Array.from(layout.groups, (group) => {
    const rest = group.members.reduce((sum, member) => sum - at(members, member), group.sum);
    return rest / group.members.length + layout.zero - zero;
  });
  return { groups, members };
}

/** Asks that the members of each part sum to 0, which the equations leave open. */
function fixParts(matrix: Float64Array, partOf: Int32Array): void {
  for (const [row, part] of partOf.entries()) {
    for (let column = 0; column <= row; column += 1) {
      if (countAt(partOf, column) === part) add(matrix, row * partOf.length + column, 1);
    }
  }
}

/** Moves the reviewers of each part to a mean of 0, and the items the other way. */
function centre(items: Float64Array, reviewers: Float64Array, parts: ConnectedParts): void {
  const sums = new Float64Array(parts.count);
  const sizes = new Float64Array(parts.count);
  for (const [reviewer, part] of parts.ofMember.entries()) {
    add(sums, part, at(reviewers, reviewer));
    add(sizes, part, 1);
  }
  const shifts = sums.map((sum, part) => sum / at(sizes, part));
  for (const [reviewer, part] of parts.ofMember.entries()) add(reviewers, reviewer, -at(shifts, part));
  for (const [item, part] of parts.ofGroup.entries()) add(items, item, at(shifts, part));
}

function sumOf({ groups }: Layout): number {
  return groups.reduce((sum, group) => sum + group.sum, 0);
}

function squaredResiduals({ groups }: Layout, items: Float64Array, reviewers: Float64Array): number {
  let sum = 0;
  for (const [item, { members, scores }] of groups.entries()) {
    for (const [place, member] of members.entries()) {
      const residual = at(scores, place) - at(items, item) - at(reviewers, member);
      sum += residual * residual;
    }
  }
  return sum;
}
