import { entryAt } from "./arrays.ts";
import { type Figure, measuredFrom } from "./figure.ts";
import type { Measured } from "./measured.ts";
import { midranks } from "./midranks.ts";
import { normalUpperTail } from "./tails.ts";

export type WilcoxonSignedRank = Readonly<
  /** Pairs with a change, pairs without, and the rank sum of the rises. */
  Record<"n" | "zeros" | "V", number> &
    /** Two-sided probabilities, the normal deviate, and (rises - falls) / all in rank sums, from -1 to 1. */
    Record<"pExact" | "zNormal" | "pNormal" | "matchedRankBiserial", number | null>
>;

const MOST_EXACT = 50;

/**
 * Did scores move one way from round 1 to round 2? Pairs without change are dropped, the sizes of the others ranked, ties
 * sharing their mean rank. `pExact` counts all 2^n ways to sign these ranks (up to 50 changes); `zNormal` and `pNormal`
 * are the approximation, corrected for ties and continuity. Never a test of consensus.
 *
 * Hollander & Wolfe (1973), Nonparametric Statistical Methods, section 3.1.
 *
 * @example wilcoxonSignedRank([1, 2, 3], [2, 4, 6]).values.pExact // 0.25
 */
export function wilcoxonSignedRank(
  round1: readonly (number | null)[],
  round2: readonly (number | null)[],
): Measured<WilcoxonSignedRank> {
  const { changes, zeros, slack } = changesBetween(round1, round2);
  const ranks = midranks(
    changes.map((change) => Math.abs(change)),
    slack,
  );
  const n = changes.length;
  const doubledV = ranks.doubled.reduce((sum, twice, index) => sum + (entryAt(changes, index) > 0 ? twice : 0), 0);
  const z = normalDeviate(doubledV / 2, n, ranks.ties);
  const { values, reasons } = measuredFrom({
    pExact: exactProbability(ranks.doubled, doubledV),
    zNormal: z,
    pNormal: typeof z === "string" ? 1 : Math.min(1, 2 * normalUpperTail(Math.abs(z))),
    matchedRankBiserial: n === 0 ? "no-change" : (2 * doubledV) / (n * (n + 1)) - 1,
  });
  return { values: { n, zeros, V: doubledV / 2, ...values }, reasons };
}

function changesBetween(round1: readonly (number | null)[], round2: readonly (number | null)[]) {
  const changes: number[] = [];
  let zeros = 0;
  let largest = 0;
  for (const [reviewer, before] of round1.entries()) {
    const after = round2[reviewer] ?? null;
    if (before === null || after === null) continue;
    if (before === after) zeros += 1;
    else changes.push(after - before);
    largest = Math.max(largest, Math.abs(before), Math.abs(after));
  }
  // Scores such as 1.3 and 1.2 lie .1 apart but for rounding, and so do 0.6 and 0.5.
  return { changes, zeros, slack: 1e-12 * largest };
}

/** Two-sided, from how many ways of signing the ranks give each doubled sum; exact up to 2^53 ways. */
function exactProbability(doubled: readonly number[], doubledV: number): Figure {
  if (doubled.length > MOST_EXACT) return "too-large";
  const most = doubled.reduce((sum, twice) => sum + twice, 0);
  const ways = new Array<number>(most + 1).fill(0);
  ways[0] = 1;
  for (const twice of doubled) {
    for (let sum = most; sum >= twice; sum -= 1) ways[sum] = entryAt(ways, sum) + entryAt(ways, sum - twice);
  }
  const all = ways.reduce((sum, count) => sum + count, 0);
  const atMost = ways.slice(0, doubledV + 1).reduce((sum, count) => sum + count, 0);
  const atLeast = ways.slice(doubledV).reduce((sum, count) => sum + count, 0);
  return Math.min(1, (2 * Math.min(atMost, atLeast)) / all);
}

function normalDeviate(V: number, n: number, ties: number): Figure {
  if (n === 0) return "no-change";
  const off = V - (n * (n + 1)) / 4;
  const continuity = Math.sign(off) / 2;
  return (off - continuity) / Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - ties / 48);
}
