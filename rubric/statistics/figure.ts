import type { Measured, Reason } from "./measured.ts";

/** A figure, or the reason why there is none. */
export type Figure<Value = number> = Value | Reason;

type Figures = Readonly<Record<string, unknown>>;

type Plain<Part> = Part extends Reason
  ? null
  : Part extends readonly unknown[]
    ? { readonly [Index in keyof Part]: Plain<Part[Index]> }
    : Part;

type Values<All> = { readonly [Key in keyof All]: Plain<All[Key]> };

/**
 * Figures with their reasons, set apart: wherever a reason stands, also within a list, the values hold `null` and the
 * reasons its path.
 *
 * @example measuredFrom({ W: [1, "no-variance"] }) // { values: { W: [1, null] }, reasons: { "W[1]": "no-variance" } }
 */
export function measuredFrom<const All extends Figures>(figures: All): Measured<Values<All>>;
export function measuredFrom(figures: Figures): Measured<object> {
  const reasons: Record<string, Reason> = {};
  // A copy, so that the values have one shape from the first; few of them are no plain numbers.
  const values: Record<string, unknown> = { ...figures };
  for (const key in figures) {
    if (typeof figures[key] !== "number") values[key] = plain(figures[key], key, reasons);
  }
  return { values, reasons };
}

/** A figure without its reasons, which are noted under their paths. */
function plain(part: unknown, path: string, reasons: Record<string, Reason>): unknown {
  if (Array.isArray(part)) return part.map((one, index) => plain(one, `${path}[${index}]`, reasons));
  if (!isReason(part)) return part;
  reasons[path] = part;
  return null;
}

/** A measure has no other text than reasons. */
function isReason(part: unknown): part is Reason {
  return typeof part === "string";
}

/**
 * The quotient, or `no-variance` if the denominator is 0. `scale` is the size of the terms that the denominator is the
 * sum of: below 1e-12 of it, what is left is rounding.
 *
 * @example ratio(1, 0.1 + 0.2 - 0.3, 0.6) // "no-variance"
 */
export function ratio(numerator: number, denominator: number, scale: number): Figure {
  return Math.abs(denominator) <= 1e-12 * scale ? "no-variance" : numerator / denominator;
}

/**
 * A sum of squares, or 0 if it is below 1e-12 of the total: what is left then is rounding.
 *
 * @example squares(1e-14, 10) // 0
 */
export function squares(sum: number, total: number): number {
  return sum < 1e-12 * total ? 0 : sum;
}
