import { reciprocalFraction } from "./continued-fraction.ts";
import { exp } from "./elementary.ts";
import type { Shares } from "./incomplete-beta.ts";
import { deviance, stirlingError } from "./stirling.ts";

/**
 * The regularised incomplete gamma function P(a, x), as `lower`, with Q(a, x) = 1 - P(a, x) as `upper`, both within about
 * 1e-14 of themselves, and x^a e^-x / gamma(a) as `rate`. For a above 0; the function it answers takes x above 0.
 *
 * Series and continued fraction of Abramowitz & Stegun (1964), 6.5.29 and 6.5.31.
 *
 * @example regularisedGamma(1)(2).upper // 0.13533528323661273
 */
export function regularisedGamma(a: number): (x: number) => Shares {
  const scale = Math.sqrt(a / (2 * Math.PI)) * exp(-stirlingError(a));
  return (x) => {
    const rate = scale * exp(-deviance(a, x));
    if (x < a + 1) {
      const lower = rate * series(a, x);
      return { lower, upper: 1 - lower, rate };
    }
    const upper =
      rate * reciprocalFraction(x + 1 - a, (step) => ({ over: step * (a - step), plus: x + 1 - a + 2 * step }));
    return { lower: 1 - upper, upper, rate };
  };
}

/** 1/a + x/(a(a+1)) + x²/(a(a+1)(a+2)) + .. */
function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let step = 1; term > sum * 1e-17; step += 1) {
    term *= x / (a + step);
    sum += term;
  }
  return sum;
}
