/** No zero denominators: small enough to change nothing. */
const TINY = 1e-300;

/** One step of a continued fraction: `over / (plus + ..)`. */
interface Step {
  readonly over: number;
  readonly plus: number;
}

/**
 * 1 / (first + over_1 / (plus_1 + over_2 / (plus_2 + ..))), to the last place. Steps count from 1.
 *
 * Lentz's method as modified by Thompson & Barnett (1986), Coulomb and Bessel functions of complex arguments and order,
 * J. Comput. Phys. 64:490-509.
 *
 * @example reciprocalFraction(1, () => ({ over: 1, plus: 1 })) // 0.6180339887498948
 */
export function reciprocalFraction(first: number, stepAt: (step: number) => Step): number {
  let value = notZero(first);
  let ahead = value;
  let behind = 0;
  for (let step = 1; step <= 1_000_000; step += 1) {
    const { over, plus } = stepAt(step);
    behind = 1 / notZero(plus + over * behind);
    ahead = notZero(plus + over / ahead);
    const factor = ahead * behind;
    value *= factor;
    if (Math.abs(factor - 1) < 3e-16) break;
  }
  return 1 / value;
}

function notZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
