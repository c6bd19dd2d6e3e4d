// Engines may round Math.log, Math.exp and Math.pow differently, and stored figures are compared to the bit. These use
// + - * / alone, in a fixed order, so that every machine answers the same double.

const LN2_HIGH = 0.6931471803691238; // the first 33 bits of ln 2: times a whole number below 2^20 it is exact
const LN2_LOW = 1.9082149292705877e-10; // what is left of ln 2
const TWO_TO_54 = 18014398509481984;
const LARGEST_EXPONENT = 709.782712893384; // ln of the largest double
const SMALLEST_EXPONENT = -745.1332191019412; // ln of half the smallest double

/**
 * The natural logarithm, within 1 unit in the last place. No unit, any sign; 0 gives -Infinity, a negative number NaN.
 *
 * x = 2^k m with m between 0.7 and 1.4, then the series of 2 artanh(s), s = (m - 1) / (m + 1).
 *
 * @example log(8) // 2.0794415416798357
 */
export function log(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return x > 0 ? x : Number.NaN;
  const { power, part } = halved(x);
  const f = part - 1;
  const s = f / (part + 1);
  const half = 0.5 * f * f;
  // log(1 + f) = f - f²/2 + s (f²/2 + rest): the largest term, f, is exact.
  return power * LN2_HIGH - (half - (s * (half + artanhRest(s * s)) + power * LN2_LOW) - f);
}

/**
 * log(1 + x), exact also where 1 + x is rounded to 1. From -1 up.
 * @example log1p(1e-20) // 1e-20
 */
export function log1p(x: number): number {
  const sum = 1 + x;
  if (sum === 1) return x;
  return sum === Number.POSITIVE_INFINITY || sum <= 0 ? log(sum) : log(sum) - (sum - 1 - x) / sum;
}

/**
 * e to the power of x, within 1 unit in the last place. Infinity above 709.78, 0 below -745.13.
 *
 * x = k ln 2 + r with |r| at most (ln 2) / 2, then the exponential series of r.
 *
 * @example exp(2) // 7.38905609893065
 */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > LARGEST_EXPONENT) return Number.POSITIVE_INFINITY;
  if (x < SMALLEST_EXPONENT) return 0;
  const power = Math.round(x / (LN2_HIGH + LN2_LOW));
  const high = x - power * LN2_HIGH;
  const low = power * LN2_LOW;
  const r = high - low;
  return scaled(1 - (low - r * r * exponentialRest(r) - high), power);
}

/**
 * base to the power of exponent. Whole exponents up to 64 by multiplying, others as exp(exponent log(base)), whose
 * relative error is about 1e-16 times the size of exponent log(base). The base is 0 or above, or the exponent whole.
 *
 * @example power(2, 10) // 1024
 */
export function power(base: number, exponent: number): number {
  if (Number.isInteger(exponent) && Math.abs(exponent) <= 64) return wholePower(base, exponent);
  if (base === 0) return exponent > 0 ? 0 : Number.POSITIVE_INFINITY;
  if (base > 0) return exp(exponent * log(base));
  if (!Number.isInteger(exponent)) return Number.NaN;
  return exponent % 2 === 0 ? power(-base, exponent) : -power(-base, exponent);
}

/** 2 (s²/3 + s⁴/5 + ..), which is 2 artanh(s) / s - 2, from s². The next term would be below 1e-17. */
function artanhRest(s2: number): number {
  let sum = 0;
  for (let odd = 23; odd >= 3; odd -= 2) sum = s2 * (sum + 2 / odd);
  return sum;
}

/** 1/2! + r/3! + r²/4! + .., which is (e^r - 1 - r) / r². The next term would be below 1e-18. */
function exponentialRest(r: number): number {
  let sum = 1;
  for (let factor = 15; factor >= 3; factor -= 1) sum = 1 + (r / factor) * sum;
  return sum / 2;
}

function wholePower(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let left = Math.abs(exponent); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return exponent < 0 ? 1 / result : result;
}

const bits = new DataView(new ArrayBuffer(8));

/** x = 2^power * part, part between 0.7 and 1.4. Both are exact. */
function halved(x: number): { readonly power: number; readonly part: number } {
  const isSubnormal = x < 2.2250738585072014e-308;
  bits.setFloat64(0, isSubnormal ? x * TWO_TO_54 : x);
  const head = bits.getUint32(0);
  const exponent = (head >>> 20) - 1023 - (isSubnormal ? 54 : 0);
  bits.setUint32(0, (head & 0xfffff) | 0x3ff00000);
  const part = bits.getFloat64(0);
  return part > 1.4 ? { power: exponent + 1, part: part / 2 } : { power: exponent, part };
}

/** value * 2^power, rounded once. In two steps, as 2^power alone may be too large or too small for a double. */
function scaled(value: number, power: number): number {
  const first = Math.trunc(power / 2);
  return value * powerOfTwo(first) * powerOfTwo(power - first);
}

function powerOfTwo(power: number): number {
  bits.setUint32(0, (power + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}
