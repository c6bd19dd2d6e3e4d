import { exp, log } from "./elementary.ts";
import { regularisedBeta, type Shares } from "./incomplete-beta.ts";
import { regularisedGamma } from "./incomplete-gamma.ts";

// Distribution functions and quantiles of normal, t, chi-squared, F and binomial. Degrees of freedom need not be whole.

/**
 * P(Z > z) of the standard normal distribution.
 * @example normalUpperTail(0) // 0.5
 */
export function normalUpperTail(z: number): number {
  return z === 0 ? 0.5 : oneSide(z, regularisedGamma(0.5)((z * z) / 2));
}

/**
 * P(T > t) of Student's t with `df` degrees of freedom.
 * @example tUpperTail(1, 1) // 0.25
 */
export function tUpperTail(t: number, df: number): number {
  return t === 0 ? 0.5 : oneSide(t, ratioShares(1, df)(t * t));
}

/**
 * P(X > x) of chi-squared with `df` degrees of freedom.
 * @example chiSquaredUpperTail(2, 2) // 0.36787944117144233
 */
export function chiSquaredUpperTail(x: number, df: number): number {
  return x > 0 ? regularisedGamma(df / 2)(x / 2).upper : 1;
}

/**
 * P(X > f) of Fisher's F with `df1` and `df2` degrees of freedom.
 * @example fUpperTail(1, 7, 7) // 0.5
 */
export function fUpperTail(f: number, df1: number, df2: number): number {
  return f > 0 ? ratioShares(df1, df2)(f).upper : 1;
}

/**
 * P(X <= k) for X successes in `trials` tries, each with chance `chance` between 0 and 1 (exclusive).
 * @example binomialAtMost(1, 3, 0.5) // 0.5
 */
export function binomialAtMost(k: number, trials: number, chance: number): number {
  if (k < 0) return 0;
  return k >= trials ? 1 : regularisedBeta(k + 1, trials - k)(chance, 1 - chance).upper;
}

/**
 * The z with P(Z <= z) = share, for a share between 0 and 1 (exclusive).
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(share: number): number {
  return signed(share, (wanted) => Math.sqrt(2 * solved(regularisedGamma(0.5), wanted)));
}

/**
 * The t with P(T <= t) = share for `df` degrees of freedom and a share between 0 and 1 (exclusive).
 * @example tQuantile(0.75, 1) // 1
 */
export function tQuantile(share: number, df: number): number {
  return signed(share, (wanted) => Math.sqrt(solved(ratioShares(1, df), wanted)));
}

/**
 * The x with P(X <= x) = share for `df` degrees of freedom and a share between 0 and 1 (exclusive).
 * @example chiSquaredQuantile(0.95, 1) // 3.841458820694124
 */
export function chiSquaredQuantile(share: number, df: number): number {
  return 2 * solved(regularisedGamma(df / 2), { lower: share, upper: 1 - share });
}

/**
 * The f with P(F <= f) = share for `df1` and `df2` degrees of freedom and a share between 0 and 1 (exclusive).
 * @example fQuantile(0.5, 7, 7) // 1
 */
export function fQuantile(share: number, df1: number, df2: number): number {
  return solved(ratioShares(df1, df2), { lower: share, upper: 1 - share });
}

/** Fisher's F at f, with the rate per unit of log(f). */
function ratioShares(df1: number, df2: number): (f: number) => Shares {
  const beta = regularisedBeta(df1 / 2, df2 / 2);
  return (f) => {
    const ratio = (df1 / df2) * f;
    return beta(ratio / (1 + ratio), 1 / (1 + ratio));
  };
}

/** The upper tail of a symmetric distribution, from the distribution of its square. */
function oneSide(value: number, { lower, upper }: Shares): number {
  return value > 0 ? upper / 2 : (1 + lower) / 2;
}

type Wanted = Omit<Shares, "rate">;

/** The quantile of a symmetric distribution, from what its size must be. */
function signed(share: number, sizeOf: (wanted: Wanted) => number): number {
  if (share === 0.5) return 0;
  const isAbove = share > 0.5;
  const outside = 2 * (isAbove ? 1 - share : share);
  const size = sizeOf({ lower: isAbove ? 2 * share - 1 : 1 - outside, upper: outside });
  return isAbove ? size : -size;
}

/**
 * Where a distribution on the positive numbers has these shares: Newton's method on the logarithms of the smaller share
 * and of x, where the function bends one way only, held between a lower and an upper bound.
 */
function solved(sharesAt: (x: number) => Shares, wanted: Wanted): number {
  const tail = wanted.lower < wanted.upper ? "lower" : "upper";
  const bounds = { low: 1e-300, high: 1e300 };
  let x = 1;
  for (let round = 0; round < 300; round += 1) {
    const shares = sharesAt(x);
    const step =
      tail === "lower"
        ? -excess(shares.lower, wanted.lower, shares.rate)
        : excess(shares.upper, wanted.upper, shares.rate);
    bounds[step > 0 ? "low" : "high"] = x;
    const next = x * exp(step);
    if (Math.abs(step) < 1e-10) return next;
    x = within(bounds, next);
  }
  return x;
}

/** How far the share is from the one that is wanted, in units of log(x). */
function excess(share: number, wanted: number, rate: number): number {
  return share > 0 ? (share / rate) * log(share / wanted) : Number.NEGATIVE_INFINITY;
}

/** The value if it lies between the bounds, else their geometric mean. */
function within({ low, high }: { readonly low: number; readonly high: number }, value: number): number {
  return value > low && value < high ? value : Math.sqrt(low) * Math.sqrt(high);
}
