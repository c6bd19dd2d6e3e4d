import { add, at, countAt } from "./arrays.ts";
import type { Layout } from "./layout.ts";

/** Estimates while scores still come in. Items and reviewers without scores are left out of the lists. */
export interface SweptSeverity {
  /** By item: the mean score less the severities of who gave it, in scale units. */
  readonly items: Float64Array;
  /** By reviewer, positive is generous. */
  readonly reviewers: Float64Array;
  /** The sweeps it took. */
  readonly sweeps: number;
}

const MOST_SWEEPS = 1000;

/**
 * The mixed model's items and severities for a known `lambda`, residual variance by reviewer variance, without a matrix:
 * s_r = sum (y - item) / (n_r + lambda) and item = mean (y - s) in turn, until none moves by 1e-10 any more. From the
 * estimates before a change a few sweeps do; each costs as much as there are scores.
 *
 * Henderson (1975), Biometrics 31:423-447; the equations of `mixedSeverity` by Gauss and Seidel.
 *
 * @example sweptSeverity(layoutOf([[1, 2], [2, 3]]), 1, Float64Array.of(0, 0)).reviewers // [-0.3333333333333333, 0.3333333333333333]
 */
export function sweptSeverity(layout: Layout, lambda: number, start: Float64Array): SweptSeverity {
  const sizes = new Float64Array(layout.members);
  for (const { members } of layout.groups) for (const member of members) add(sizes, member, 1);
  let reviewers = start.slice();
  for (let sweeps = 1; sweeps <= MOST_SWEEPS; sweeps += 1) {
    const items = itemsGiven(layout, reviewers);
    const next = leftOver(layout, items).map((sum, member) => sum / (at(sizes, member) + lambda));
    const isSettled = next.every((value, member) => Math.abs(value - at(reviewers, member)) < 1e-10);
    reviewers = next;
    if (isSettled) return { items: itemsGiven(layout, reviewers), reviewers, sweeps };
  }
  return { items: itemsGiven(layout, reviewers), reviewers, sweeps: MOST_SWEEPS };
}

function itemsGiven({ groups, zero }: Layout, reviewers: Float64Array): Float64Array {
  return Float64Array.from(groups, ({ members, sum }) => {
    let rest = sum;
    for (const member of members) rest -= at(reviewers, member);
    return rest / members.length + zero;
  });
}

/** By reviewer, the sum of what their scores are above the items. */
function leftOver({ groups, members, zero }: Layout, items: Float64Array): Float64Array {
  const sums = new Float64Array(members);
  for (const [index, group] of groups.entries()) {
    const height = at(items, index) - zero;
    for (let place = 0; place < group.members.length; place += 1) {
      add(sums, countAt(group.members, place), at(group.scores, place) - height);
    }
  }
  return sums;
}
