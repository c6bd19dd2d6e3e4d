import { add, at, countAt, entryAt } from "#rubric/statistics/arrays.ts";
import { type Measured, undefinedFor } from "#rubric/statistics/measured.ts";
import type { Distances } from "./reviewer-distances.ts";

/** How well separated given groups are: -1 (all in the wrong group) to 1 (tight and far apart). */
export type Silhouette = {
  /** Mean of all widths. */
  readonly averageWidth: number | null;
  /** Mean width of each group, by rising label. */
  readonly perCluster: readonly number[] | null;
  /** Width of each member. */
  readonly widths: readonly number[] | null;
};

/**
 * Silhouettes of given groups. A member's width is `(b - a) / max(a, b)`, where a is the mean distance to the others of its
 * group and b the least mean distance to another group; 0 for one alone in a group. A single group has none (`one-group`).
 *
 * Rousseeuw (1987), Silhouettes: a graphical aid to the interpretation and validation of cluster analysis, Journal of
 * Computational and Applied Mathematics 20:53-65.
 *
 * @param labels the group of each member
 * @example silhouette(euclidean([[0], [1], [5]]), [1, 1, 2]).values.widths // [0.8, 0.75, 0]
 */
export function silhouette(distances: Distances, labels: readonly number[]): Measured<Silhouette> {
  const known = [...new Set(labels)].sort((left, right) => left - right);
  if (known.length < 2) {
    return undefinedFor(["averageWidth", "perCluster", "widths"], known.length === 0 ? "no-scores" : "one-group");
  }
  const groups = Int32Array.from(labels, (label) => known.indexOf(label));
  const sizes = new Float64Array(known.length);
  for (const group of groups) add(sizes, group, 1);
  const widths = [...widthsOf(distances, groups, sizes)];
  const sums = new Float64Array(known.length);
  for (const [member, width] of widths.entries()) add(sums, countAt(groups, member), width);
  return {
    values: {
      averageWidth: widths.reduce((sum, width) => sum + width, 0) / widths.length,
      perCluster: Array.from(sums, (sum, group) => sum / at(sizes, group)),
      widths,
    },
    reasons: {},
  };
}

/**
 * Straight-line distances between points.
 * @param points rows of coordinates
 * @example euclidean([[0, 0], [3, 4]]).matrix // [0, 5, 5, 0]
 */
export function euclidean(points: readonly (readonly number[])[]): Distances {
  const matrix = Float64Array.from(
    points.flatMap((one) =>
      points.map((other) =>
        Math.sqrt(one.reduce((sum, place, axis) => sum + squared(place - entryAt(other, axis)), 0)),
      ),
    ),
  );
  return { size: points.length, matrix };
}

function widthsOf({ size, matrix }: Distances, groups: Int32Array, sizes: Float64Array): Float64Array {
  const widths = new Float64Array(size);
  const sums = new Float64Array(sizes.length);
  for (let member = 0; member < size; member += 1) {
    sums.fill(0);
    for (let other = 0; other < size; other += 1) {
      add(sums, countAt(groups, other), at(matrix, member * size + other));
    }
    widths[member] = widthFrom(sums, sizes, countAt(groups, member));
  }
  return widths;
}

/** A member's width from the sums of its distances to each group. */
function widthFrom(sums: Float64Array, sizes: Float64Array, own: number): number {
  if (at(sizes, own) < 2) return 0;
  const within = at(sums, own) / (at(sizes, own) - 1);
  let nearest = Number.POSITIVE_INFINITY;
  for (let group = 0; group < sizes.length; group += 1) {
    if (group !== own) nearest = Math.min(nearest, at(sums, group) / at(sizes, group));
  }
  const larger = Math.max(within, nearest);
  return larger === 0 ? 0 : (nearest - within) / larger;
}

function squared(number: number): number {
  return number * number;
}
