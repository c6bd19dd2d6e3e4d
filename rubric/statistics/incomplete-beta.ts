import { reciprocalFraction } from "./continued-fraction.ts";
import { exp } from "./elementary.ts";
import { deviance, stirlingError } from "./stirling.ts";

/** A distribution function at one place: the share below, the share above, and the rate of `lower` per unit of log(x). */
export interface Shares {
  readonly lower: number;
  readonly upper: number;
  readonly rate: number;
}

/**
 * The regularised incomplete beta function I_x(a, b), as `lower`, with 1 - I_x(a, b) as `upper`, both within about 1e-13
 * of themselves, and x^a y^b / B(a, b) as `rate`: that of I per unit of log(x / y). For a, b above 0. The function it
 * answers takes x and y = 1 - x, so that neither loses digits near 1.
 *
 * Continued fraction of Abramowitz & Stegun (1964), 26.5.8.
 *
 * @example regularisedBeta(2, 3)(0.5, 0.5).lower // 0.6875000000000002
 */
export function regularisedBeta(a: number, b: number): (x: number, y: number) => Shares {
  const scale = betaScale(a, b);
  return (x, y) => {
    const n = a + b;
    const rate = scale * exp(-deviance(a, n * x) - deviance(b, n * y));
    if (x * (n + 2) < a + 1) {
      const lower = (rate / a) * fraction({ a, b, x });
      return { lower, upper: 1 - lower, rate };
    }
    const upper = (rate / b) * fraction({ a: b, b: a, x: y });
    return { lower: 1 - upper, upper, rate };
  };
}

/** a^a b^b / (n^n B(a, b)) with n = a + b. */
function betaScale(a: number, b: number): number {
  const errors = stirlingError(a + b) - stirlingError(a) - stirlingError(b);
  return Math.sqrt((a / (a + b)) * (b / (2 * Math.PI))) * exp(errors);
}

function fraction({ a, b, x }: { readonly a: number; readonly b: number; readonly x: number }): number {
  return reciprocalFraction(1, (step) => {
    const m = Math.floor(step / 2);
    const at = a + 2 * m;
    const over = step % 2 === 0 ? (m * (b - m) * x) / ((at - 1) * at) : (-(a + m) * (a + b + m) * x) / (at * (at + 1));
    return { over, plus: 1 };
  });
}
