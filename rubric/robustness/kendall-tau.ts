import { levelWithin } from "./order.ts";

/**
 * Kendall's tau-b of two lists of values: the pairs in the same order minus those in opposite order, over the geometric mean
 * of the pairs each list can tell apart. From -1 (reversed) to 1 (the same order); `null` if one list ties all its values.
 *
 * Kendall (1945), The treatment of ties in ranking problems, Biometrika 33:239-251.
 *
 * @example kendallTau([1, 2, 3], [10, 30, 20]) // 0.3333333333333333
 */
export function kendallTau(left: readonly number[], right: readonly number[]): number | null {
  const [leftWidth, rightWidth] = [levelWithin(left), levelWithin(right)];
  let balance = 0;
  let toldLeft = 0;
  let toldRight = 0;
  for (let one = 0; one < left.length; one += 1) {
    for (let other = one + 1; other < left.length; other += 1) {
      const leftSign = order(left[one], left[other], leftWidth);
      const rightSign = order(right[one], right[other], rightWidth);
      balance += leftSign * rightSign;
      toldLeft += Math.abs(leftSign);
      toldRight += Math.abs(rightSign);
    }
  }
  if (toldLeft === 0 || toldRight === 0) return null;
  return balance / Math.sqrt(toldLeft * toldRight);
}

function order(one = 0, other = 0, width = 0): number {
  return Math.abs(one - other) <= width ? 0 : Math.sign(one - other);
}
