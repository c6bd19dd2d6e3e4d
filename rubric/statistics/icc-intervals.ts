import type { Figure } from "./figure.ts";
import { fQuantile } from "./tails.ts";
import type { MeanSquares } from "./two-way-squares.ts";

type Interval = readonly [low: number, high: number];

export interface IccIntervals {
  readonly ICC1_1_ci: Figure<Interval>;
  readonly ICC1_k_ci: Figure<Interval>;
  readonly ICC2_1_ci: Figure<Interval>;
  readonly ICC2_k_ci: Figure<Interval>;
  readonly ICC3_1_ci: Figure<Interval>;
  readonly ICC3_k_ci: Figure<Interval>;
  /** Degrees of freedom of form 2's error, not whole. */
  readonly ICC2_1_df2: Figure;
}

interface Size {
  readonly n: number;
  readonly k: number;
}

/** The 95 % intervals of the intraclass correlations; that of form 2 needs its coefficient. */
export function iccIntervals(squares: MeanSquares, size: Size, form2: Figure): IccIntervals {
  const { MSB, MSW, MSE } = squares;
  const { n, k } = size;
  const first = ratioInterval(MSB, MSW, [n - 1, n * (k - 1)]);
  const third = ratioInterval(MSB, MSE, [n - 1, (n - 1) * (k - 1)]);
  const freedom = errorFreedom(squares, size, form2);
  const second = typeof freedom === "string" ? freedom : secondInterval(squares, size, freedom);
  return {
    ICC1_1_ci: mapped(first, (f) => (f - 1) / (f + k - 1)),
    ICC1_k_ci: mapped(first, (f) => 1 - 1 / f),
    ICC2_1_ci: second,
    ICC2_k_ci: mapped(second, (single) => (k * single) / (1 + (k - 1) * single)),
    ICC3_1_ci: mapped(third, (f) => (f - 1) / (f + k - 1)),
    ICC3_k_ci: mapped(third, (f) => 1 - 1 / f),
    ICC2_1_df2: freedom,
  };
}

/** The interval of a ratio of two variances. */
function ratioInterval(upper: number, lower: number, [df1, df2]: readonly [number, number]): Figure<Interval> {
  if (lower === 0) return "no-variance";
  const f = upper / lower;
  return [f / fQuantile(0.975, df1, df2), f * fQuantile(0.975, df2, df1)];
}

/** Satterthwaite's degrees of freedom for the error of form 2. */
function errorFreedom({ MSJ, MSE }: MeanSquares, { n, k }: Size, form2: Figure): Figure {
  if (typeof form2 === "string") return form2;
  if (MSE === 0) return "no-variance";
  const severity = (k * form2 * MSJ) / MSE;
  const rest = n * (1 + (k - 1) * form2) - k * form2;
  const both = severity + rest;
  // What is left of two parts that cancel is rounding.
  if (Math.abs(both) <= 1e-12 * (Math.abs(severity) + Math.abs(rest))) return "no-variance";
  return ((k - 1) * (n - 1) * both * both) / ((n - 1) * severity * severity + rest * rest);
}

function secondInterval({ MSB, MSJ, MSE }: MeanSquares, { n, k }: Size, freedom: number): Figure<Interval> {
  const noise = k * MSJ + (k * n - k - n) * MSE;
  const upper = fQuantile(0.975, n - 1, freedom);
  const lower = fQuantile(0.975, freedom, n - 1);
  const low = (n * (MSB - upper * MSE)) / (upper * noise + n * MSB);
  const high = (n * (lower * MSB - MSE)) / (noise + n * lower * MSB);
  return finite([low, high]);
}

function mapped(interval: Figure<Interval>, map: (end: number) => number): Figure<Interval> {
  return typeof interval === "string" ? interval : finite([map(interval[0]), map(interval[1])]);
}

/** A bound that divides by 0 says that nothing varies where something must. */
function finite(interval: Interval): Figure<Interval> {
  return interval.every(Number.isFinite) ? interval : "no-variance";
}
