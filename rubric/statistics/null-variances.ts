import { type Figure, measuredFrom } from "./figure.ts";
import type { Measured } from "./measured.ts";
import { momentsOf } from "./moments.ts";
import { maxDissensusVariance, uniformVariance } from "./within-group-agreement.ts";

const sizes = [5, 7, 9] as const;

/**
 * The variances that agreement within a group is held against: those of the named null distributions, each given as its
 * shares on the levels 1..K, and as constants those of scores spread evenly over 5, 7 or 9 levels (`uniform5` ..) and of
 * half at each end (`maxDissensus5` ..). In squared steps.
 *
 * James, Demaree & Wolf (1984), J. Appl. Psychol. 69:85-98. LeBreton & Senter (2008), Organ. Res. Methods 11:815-852.
 *
 * @example nullVariances({ ends: [0.5, 0, 0, 0, 0.5] }).values.ends // 4
 */
export function nullVariances(
  proportions: Readonly<Record<string, readonly number[]>>,
): Measured<Readonly<Record<string, number | null>>> {
  const named = Object.entries(proportions).map(([name, shares]) => [name, varianceOf(shares)] as const);
  const uniform = sizes.map((size) => [`uniform${size}`, uniformVariance(levelsTo(size))] as const);
  const extreme = sizes.map((size) => [`maxDissensus${size}`, maxDissensusVariance({ min: 1, max: size })] as const);
  const figures: Record<string, Figure> = Object.fromEntries([...named, ...uniform, ...extreme]);
  return measuredFrom(figures);
}

function varianceOf(shares: readonly number[]): Figure {
  const moments = momentsOf(shares, levelsTo(shares.length));
  return moments === null ? "no-scores" : moments.squares / moments.n;
}

function levelsTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
