// Handed to Math.min and Math.max as arguments, more than some hundred thousand numbers would not fit.

/**
 * The least of some numbers, however many; infinite without any.
 * @example leastOf([3, 1, 2]) // 1
 */
export function leastOf(numbers: readonly number[]): number {
  return numbers.reduce((least, number) => Math.min(least, number), Number.POSITIVE_INFINITY);
}

/**
 * The greatest of some numbers, however many; minus infinity without any.
 * @example greatestOf([3, 1, 2]) // 3
 */
export function greatestOf(numbers: readonly number[]): number {
  return numbers.reduce((greatest, number) => Math.max(greatest, number), Number.NEGATIVE_INFINITY);
}
