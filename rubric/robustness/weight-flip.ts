import { entryAt } from "#rubric/statistics/arrays.ts";
import { leastOf } from "#rubric/statistics/extremes.ts";
import { type Measured, type Reason, undefinedFor } from "#rubric/statistics/measured.ts";
import { reasonsAt, reasonsUnder } from "#rubric/statistics/reasons-at.ts";
import { leaderOf, levelWithin } from "./order.ts";
import { weighted } from "./policy-values.ts";

/** How little must change before the order at the top does. */
export type WeightFlip = {
  /** Index of the policy with the best value, the first of several. */
  readonly leader: number | null;
  readonly values: readonly (number | null)[] | null;
  /** Every other policy, by index. */
  readonly challengers: readonly Challenger[] | null;
  /** The least `weightMoved` of all; `null` if no challenger can lead (`dominated`). */
  readonly smallestMove: number | null;
};

interface Challenger {
  readonly challenger: number;
  /** The least share of weight that has to move between criteria before the challenger is level with the leader. */
  readonly weightMoved: number | null;
  /** Euclidean length of the shortest change of weights to that point; `null` if it needs a negative weight. */
  readonly l2: number | null;
}

/**
 * How little the weights must move before another policy is level with the leader. With d = leader's scores - challenger's,
 * weight is moved to the criterion where d is least, from those where d is greatest first; each unit moved from i gains
 * `d_i - d_j`. This is the exact minimum. `l2` is the distance to the plane on which both have the same value.
 * A challenger that leads on no criterion cannot be reached by any weights: `dominated`.
 *
 * Triantaphyllou & Sanchez (1997), A sensitivity analysis approach for some deterministic multi-criteria decision-making
 * methods, Decision Sciences 28:151-194, on the smallest change of weights.
 *
 * @param scores policies x criteria, on scales that may be added; `null` = no scores
 * @param weights one a criterion, not negative
 * @example weightFlip([[4, 2], [2, 3]], [0.5, 0.5]).values.smallestMove // 0.16666666666666666
 */
export function weightFlip(
  scores: readonly (readonly (number | null)[])[],
  weights: readonly number[],
): Measured<WeightFlip> {
  const keys = ["leader", "values", "challengers", "smallestMove"] as const;
  if (!weights.some((weight) => weight > 0)) return undefinedFor(keys, "no-weight");
  const values = scores.map((row) => weighted(row, weights));
  const leader = leaderOf(values);
  if (leader === null) return undefinedFor(keys, "no-scores");
  const moves = scores.map((row) => moveBetween({ best: entryAt(scores, leader), row, weights }));
  const challengers = moves.map((move, challenger) => ({ challenger, ...move.values }));
  const others = challengers.filter(({ challenger }) => challenger !== leader);
  const reachable = others.flatMap(({ weightMoved }) => (weightMoved === null ? [] : [weightMoved]));
  const smallestMove = reachable.length === 0 ? null : leastOf(reachable);
  const reasons: Record<string, Reason>[] = [
    smallestMove === null ? { smallestMove: "dominated" } : {},
    reasonsAt("values", values, "no-scores"),
    ...others.map(({ challenger }, index) =>
      reasonsUnder(`challengers[${index}].`, entryAt(moves, challenger).reasons),
    ),
  ];
  return { values: { leader, values, challengers: others, smallestMove }, reasons: Object.assign({}, ...reasons) };
}

type Move = Omit<Challenger, "challenger">;

function moveBetween(pair: {
  best: readonly (number | null)[];
  row: readonly (number | null)[];
  weights: readonly number[];
}): Measured<Move> {
  const { best, row, weights } = pair;
  const lead = weights.map((_, criterion) => subtract(best[criterion], row[criterion]));
  const known = lead.filter((difference) => difference !== null);
  if (known.length < lead.length) return undefinedFor(["weightMoved", "l2"], "no-scores");
  const width = levelWithin([...best, ...row]);
  if (known.every((difference) => difference >= -width)) return undefinedFor(["weightMoved", "l2"], "dominated");
  const gap = known.reduce((sum, difference, criterion) => sum + entryAt(weights, criterion) * difference, 0);
  const level = Math.abs(gap) <= width ? 0 : gap;
  const l2 = shortestChange(known, weights, level);
  const values = { weightMoved: leastMove(known, weights, level), l2 };
  return { values, reasons: l2 === null ? { l2: "outside-simplex" } : {} };
}

function subtract(left: number | null = null, right: number | null = null): number | null {
  return left === null || right === null ? null : left - right;
}

/** The least weight to move onto the challenger's best criterion until the gap is closed. */
function leastMove(lead: readonly number[], weights: readonly number[], gap: number): number {
  const least = leastOf(lead);
  const givers = lead.map((difference, criterion) => ({
    gain: difference - least,
    weight: entryAt(weights, criterion),
  }));
  givers.sort((left, right) => right.gain - left.gain);
  let open = gap;
  let moved = 0;
  for (const { gain, weight } of givers) {
    if (gain === 0 || open <= 0) break;
    const taken = Math.min(weight, open / gain);
    moved += taken;
    open -= taken * gain;
  }
  return moved;
}

/** Distance from the weights to the nearest ones of the same sum at which the gap is 0; `null` if one would be negative. */
function shortestChange(lead: readonly number[], weights: readonly number[], gap: number): number | null {
  const mean = lead.reduce((sum, difference) => sum + difference, 0) / lead.length;
  const centred = lead.map((difference) => difference - mean);
  const squares = centred.reduce((sum, difference) => sum + difference * difference, 0);
  if (gap === 0) return 0;
  const isInside = weights.every(
    (weight, criterion) => weight - (gap / squares) * entryAt(centred, criterion) >= -1e-12,
  );
  return isInside ? Math.abs(gap) / Math.sqrt(squares) : null;
}
