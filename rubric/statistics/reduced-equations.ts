import { add, at, countAt } from "./arrays.ts";
import type { Layout } from "./layout.ts";

/**
 * The normal equations of score = group + member + noise with the groups eliminated: the matrix over members
 * M = diag(n_m) - sum over groups z z' / n (z marks a group's members), of which the lower triangle is filled, and the
 * right side b = member sums less the means of the groups met. `within` is the sum of squares about group means.
 */
export interface ReducedEquations {
  readonly matrix: Float64Array;
  readonly right: Float64Array;
  readonly within: number;
}

export function reducedEquations({ groups, members }: Layout): ReducedEquations {
  const matrix = new Float64Array(members * members);
  const right = new Float64Array(members);
  let within = 0;
  for (const group of groups) {
    const size = group.members.length;
    const mean = group.sum / size;
    for (const [place, row] of group.members.entries()) {
      const off = at(group.scores, place) - mean;
      within += off * off;
      add(right, row, off);
      add(matrix, row * members + row, 1);
      subtract(matrix, { start: row * members, columns: group.members, upTo: place, share: 1 / size });
    }
  }
  return { matrix, right, within };
}

interface Row {
  readonly start: number;
  readonly columns: Int32Array;
  readonly upTo: number;
  readonly share: number;
}

function subtract(matrix: Float64Array, { start, columns, upTo, share }: Row): void {
  for (let place = 0; place <= upTo; place += 1) add(matrix, start + countAt(columns, place), -share);
}
