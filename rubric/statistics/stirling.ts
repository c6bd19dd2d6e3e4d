import { log, log1p } from "./elementary.ts";

// The pieces from which Loader (2000), Fast and accurate computation of binomial probabilities, puts densities together
// without subtracting large logarithms: what Stirling's formula leaves of the gamma function, and a deviance.

/**
 * What Stirling's formula leaves: log gamma(a) - ((a - 1/2) log a - a + log(2 pi) / 2). For a above 0; falls from
 * infinity towards 0.
 *
 * From 10 up by Stirling's series (Abramowitz & Stegun 1964, 6.1.41), below by stepping up.
 *
 * @example stirlingError(1) // 0.0810614667953272
 */
export function stirlingError(a: number): number {
  let steps = 0;
  let at = a;
  for (; at < 10; at += 1) steps += (at + 0.5) * log1p(1 / at) - 1;
  const s = 1 / (at * at);
  let series = 0;
  for (const coefficient of [1 / 156, -691 / 360360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12]) {
    series = series * s + coefficient;
  }
  return steps + series / at;
}

/**
 * x log(x / mean) + mean - x, in units of x and 0 or above: half the deviance of a Poisson count x from its mean.
 * Exact also where x is close to the mean. For x above 0 and a mean of 0 or above.
 *
 * @example deviance(2, 2) // 0
 */
export function deviance(x: number, mean: number): number {
  const v = (x - mean) / (x + mean);
  if (!(Math.abs(v) < 0.1)) return x * log(x / mean) + mean - x;
  // log(x / mean) = 2 artanh(v), and its first term joins mean - x to (x - mean) v.
  let rest = 0;
  for (let odd = 17; odd >= 3; odd -= 2) rest = v * v * (rest + 1 / odd);
  return (x - mean) * v + 2 * x * v * rest;
}
