import { at } from "./arrays.ts";
import { log } from "./elementary.ts";

/** The lower triangle L of a positive definite matrix A = L L', row by row in a full square. */
export interface Factor {
  readonly size: number;
  readonly lower: Float64Array;
}

/**
 * Factors a symmetric positive definite matrix in its own place; only its lower triangle is read.
 *
 * Golub & Van Loan (2013), Matrix Computations, section 4.2.
 *
 * @throws RangeError if it is not positive definite
 * @example cholesky(Float64Array.of(4, 0, 2, 5), 2).lower // [2, 0, 1, 2]
 */
export function cholesky(matrix: Float64Array, size: number): Factor {
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      const rest =
        at(matrix, row * size + column) - product(matrix, { left: row * size, right: column * size, column });
      if (column < row) matrix[row * size + column] = rest / at(matrix, column * size + column);
      else if (rest > 0) matrix[row * size + row] = Math.sqrt(rest);
      else throw new RangeError("a matrix that is not positive definite");
    }
  }
  return { size, lower: matrix };
}

/** The product of the beginnings of two rows. */
function product(
  matrix: Float64Array,
  { left, right, column }: { readonly left: number; readonly right: number; readonly column: number },
): number {
  let sum = 0;
  for (let step = 0; step < column; step += 1) sum += at(matrix, left + step) * at(matrix, right + step);
  return sum;
}

/** The natural logarithm of the determinant. */
export function logDeterminant({ size, lower }: Factor): number {
  let sum = 0;
  for (let row = 0; row < size; row += 1) sum += log(at(lower, row * size + row));
  return 2 * sum;
}

/**
 * Solves L x = right.
 *
 * @example solveLower({ size: 2, lower: Float64Array.of(2, 0, 1, 2) }, Float64Array.of(2, 5)) // [1, 2]
 */
export function solveLower({ size, lower }: Factor, right: Float64Array): Float64Array {
  const found = new Float64Array(size);
  for (let row = 0; row < size; row += 1) {
    let rest = at(right, row);
    for (let column = 0; column < row; column += 1) rest -= at(lower, row * size + column) * at(found, column);
    found[row] = rest / at(lower, row * size + row);
  }
  return found;
}

/**
 * Solves A x = right.
 *
 * @example solve({ size: 2, lower: Float64Array.of(2, 0, 1, 2) }, Float64Array.of(6, 8)) // [0.875, 1.25]
 */
export function solve(factor: Factor, right: Float64Array): Float64Array {
  const { size, lower } = factor;
  const found = solveLower(factor, right);
  for (let row = size - 1; row >= 0; row -= 1) {
    const value = at(found, row) / at(lower, row * size + row);
    found[row] = value;
    // Rows lie in one piece: what this value takes from the ones before it.
    for (let column = 0; column < row; column += 1) {
      found[column] = at(found, column) - at(lower, row * size + column) * value;
    }
  }
  return found;
}
