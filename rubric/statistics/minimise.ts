import { entryAt } from "./arrays.ts";
/** Where a function is least, as far as the search came. */
export interface Minimum {
  readonly point: readonly number[];
  readonly value: number;
  readonly isConverged: boolean;
}

/** How far a search goes. */
interface Reach {
  /** The first step. */
  readonly step: number;
  /** The search gives up after so many. */
  readonly mostSteps: number;
}

/** Many times what the likelihoods of scores take. */
export const MOST_STEPS = 400;

/**
 * Searches the least value of a function of one or two numbers, from a start and a first step, without derivatives.
 * Stops where the corners of the search differ by less than rounding.
 *
 * Nelder & Mead (1965), A simplex method for function minimization, Computer Journal 7:308-313.
 *
 * @example Math.round(minimise(([x = 0]) => (x - 2) * (x - 2), [0], { step: 0.5, mostSteps: 400 }).point[0]) // 2
 */
export function minimise(
  of: (point: readonly number[]) => number,
  start: readonly number[],
  { step, mostSteps }: Reach,
): Minimum {
  const cornerAt = (point: readonly number[]): Corner => ({ point, value: of(point) });
  const moved = start.map((_, axis) => start.map((place, other) => place + (axis === other ? step : 0)));
  let corners = [start, ...moved].map(cornerAt).sort(byValue);
  for (let turn = 0; turn < mostSteps; turn += 1) {
    if (isSmall(corners)) return { ...bestOf(corners), isConverged: true };
    corners = nextCorners(corners, cornerAt).sort(byValue);
  }
  return { ...bestOf(corners), isConverged: false };
}

interface Corner {
  readonly point: readonly number[];
  readonly value: number;
}

function byValue(left: Corner, right: Corner): number {
  return left.value - right.value;
}

function bestOf(corners: readonly Corner[]): Corner {
  return entryAt(corners, 0);
}

function isSmall(corners: readonly Corner[]): boolean {
  const best = bestOf(corners);
  const spread = Math.max(...corners.map(({ value }) => value - best.value));
  const size = Math.max(
    ...corners.flatMap(({ point }) => point.map((place, axis) => Math.abs(place - entryAt(best.point, axis)))),
  );
  // Beyond that, values differ by their rounding only, and the search would wander.
  return size < 1e-9 || (size < 1e-4 && spread <= 1e-14 * Math.abs(best.value));
}

/** Mirrors the worst corner; goes further if that is best, half as far if it is worst; else draws all corners in. */
function nextCorners(corners: readonly Corner[], cornerAt: (point: readonly number[]) => Corner): Corner[] {
  const best = bestOf(corners);
  const kept = corners.slice(0, -1);
  const worst = entryAt(corners, corners.length - 1);
  const centre = best.point.map(
    (_, axis) => kept.reduce((sum, { point }) => sum + entryAt(point, axis), 0) / kept.length,
  );
  const along = (reach: number) =>
    cornerAt(centre.map((place, axis) => place + reach * (entryAt(worst.point, axis) - place)));
  const mirrored = along(-1);
  if (mirrored.value < best.value) {
    const further = along(-2);
    return [...kept, further.value < mirrored.value ? further : mirrored];
  }
  if (mirrored.value < entryAt(kept, kept.length - 1).value) return [...kept, mirrored];
  const nearer = mirrored.value < worst.value ? along(-0.5) : along(0.5);
  if (nearer.value < Math.min(mirrored.value, worst.value)) return [...kept, nearer];
  return [
    best,
    ...corners
      .slice(1)
      .map(({ point }) => cornerAt(point.map((place, axis) => (place + entryAt(best.point, axis)) / 2))),
  ];
}
