/** How far two samples are apart, by Welch's t; of times, so only the fastest part of both is looked at. */
export interface Apart {
  readonly t: number;
  /** The second's mean less the first's, in the samples' unit. */
  readonly difference: number;
}

/**
 * Welch's t of two samples after leaving out what is slower than nine tenths of both together: pauses of the machine hide
 * small differences, and are no difference themselves.
 *
 * @see Reparaz, Balasch, Verbauwhede (2017), Dude, is my code constant time?
 */
export function welch(left: readonly number[], right: readonly number[]): Apart {
  const all = [...left, ...right].sort((a, b) => a - b);
  const limit = all[Math.floor(all.length * 0.9)] ?? Number.POSITIVE_INFINITY;
  const [one, two] = [left, right].map((sample) => momentsOf(sample.filter((value) => value <= limit)));
  if (!one || !two) throw new Error("There are no two samples.");
  const difference = two.mean - one.mean;
  return { difference, t: difference / Math.sqrt(one.variance / one.n + two.variance / two.n) };
}

function momentsOf(values: readonly number[]): { n: number; mean: number; variance: number } {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return { n, mean, variance };
}
