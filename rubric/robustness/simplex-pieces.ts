import { entryAt } from "#rubric/statistics/arrays.ts";
import { levelWithin } from "./order.ts";

/** A set of weights in which no two policies change places: its share of all weights, and its centre of gravity. */
export interface SimplexPiece {
  readonly share: number;
  readonly centre: readonly number[];
}

/** A convex piece of the weights by its corners, each a vector of weights, in order round it. */
type Corners = readonly (readonly number[])[];

/** One policy's scores minus another's: its sign over a piece says who is ahead there. */
type Difference = readonly number[];

/**
 * Cuts the weights of one to three criteria into pieces within which the order of the policies stays the same. Two criteria
 * are an interval, three a triangle; each pair of policies that changes places cuts it by a point or a line. The pieces'
 * shares sum to 1. They answer exactly what drawing weights answers roughly.
 *
 * @param scores policies x criteria, one to three criteria
 * @example simplexPieces([[1, 0], [0, 1]]) // [{ share: 0.5, centre: [0.75, 0.25] }, { share: 0.5, centre: [0.25, 0.75] }]
 */
export function simplexPieces(scores: readonly (readonly number[])[]): SimplexPiece[] {
  const [first = []] = scores;
  const simplex = first.map((_, corner) => first.map((_, criterion) => Number(corner === criterion)));
  const differences = scores.flatMap((row, policy) => scores.slice(policy + 1).map((other) => subtract(row, other)));
  const pieces: SimplexPiece[] = [];
  cut(simplex, { differences, width: levelWithin(scores.flat()), pieces });
  return pieces;
}

interface Cutting {
  /** Pairs whose order over the piece is not known to be the same everywhere. */
  readonly differences: readonly Difference[];
  readonly width: number;
  /** Where finished pieces are put. */
  readonly pieces: SimplexPiece[];
}

/** Cuts a piece by the first pair that changes places in it, and both halves by the rest. */
function cut(corners: Corners, { differences, width, pieces }: Cutting): void {
  const [next, ...rest] = differences.filter((difference) => changesSign(difference, corners, width));
  if (next === undefined) {
    const piece = measure(corners);
    if (piece.share > 0) pieces.push(piece);
    return;
  }
  cut(half(corners, next), { differences: rest, width, pieces });
  const reversed = next.map((entry) => -entry);
  cut(half(corners, reversed), { differences: rest, width, pieces });
}

function changesSign(difference: Difference, corners: Corners, width: number): boolean {
  let [isAhead, isBehind] = [false, false];
  for (const corner of corners) {
    const value = dot(difference, corner);
    isAhead ||= value > width;
    isBehind ||= value < -width;
  }
  return isAhead && isBehind;
}

/** The part of a piece where the difference is not negative. */
function half(corners: Corners, difference: Difference): Corners {
  return corners.flatMap((corner, index) => {
    const following = entryAt(corners, (index + 1) % corners.length);
    const [here, there] = [dot(difference, corner), dot(difference, following)];
    const kept = here >= 0 ? [corner] : [];
    const isCrossed = (here > 0 && there < 0) || (here < 0 && there > 0);
    return isCrossed ? [...kept, between({ corner, following, share: here / (here - there) })] : kept;
  });
}

function between({ corner, following, share }: Record<"corner" | "following", readonly number[]> & { share: number }) {
  return corner.map((weight, criterion) => weight + share * (entryAt(following, criterion) - weight));
}

/** Share and centre of gravity of a piece: of a point, of an interval, or of a polygon as a fan of triangles. */
function measure(corners: Corners): SimplexPiece {
  const [origin = [], ...others] = corners;
  if (origin.length === 1) return { share: 1, centre: origin };
  if (origin.length === 2) return measureInterval(corners);
  let share = 0;
  const moment = [0, 0, 0];
  for (const [index, second] of others.slice(1).entries()) {
    const first = entryAt(others, index);
    const size = triangleShare(origin, first, second);
    share += size;
    for (const [criterion, weight] of origin.entries()) {
      moment[criterion] =
        entryAt(moment, criterion) + (size * (weight + entryAt(first, criterion) + entryAt(second, criterion))) / 3;
    }
  }
  return { share, centre: moment.map((part) => part / share) };
}

function measureInterval(corners: Corners): SimplexPiece {
  const firsts = corners.map(([first = 0]) => first);
  const [low, high] = [Math.min(...firsts), Math.max(...firsts)];
  const middle = (low + high) / 2;
  return { share: high - low, centre: [middle, 1 - middle] };
}

/** Area of a triangle as a share of the whole simplex, from two of the three weights. */
function triangleShare(a: readonly number[], b: readonly number[], c: readonly number[]): number {
  const [ax = 0, ay = 0] = a;
  const [bx = 0, by = 0] = b;
  const [cx = 0, cy = 0] = c;
  return Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay));
}

function subtract(left: readonly number[], right: readonly number[]): number[] {
  return left.map((entry, index) => entry - entryAt(right, index));
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, entry, index) => sum + entry * entryAt(right, index), 0);
}
