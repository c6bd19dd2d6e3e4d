// The compiler cannot know that an index lies within an array. These say so once, and throw where it does not: what is
// not there must never pass for 0. One for each kind of array, because engines make fast code for a function only as long
// as it meets one kind.

/**
 * The number at an index that lies within the array.
 * @throws RangeError if it does not
 */
export function at(numbers: Float64Array, index: number): number {
  return numbers[index] ?? outside(numbers, index);
}

/**
 * The count, or the word of bits, at an index that lies within the array.
 * @throws RangeError if it does not
 */
export function countAt(counts: Int32Array, index: number): number {
  return counts[index] ?? outside(counts, index);
}

/**
 * The code of a score at an index that lies within the array.
 * @throws RangeError if it does not
 */
export function codeAt(codes: Int8Array | Int32Array, index: number): number {
  return codes[index] ?? outside(codes, index);
}

/**
 * The entry at an index that lies within the list.
 * @throws RangeError if it does not
 */
export function entryAt<Entry extends NonNullable<unknown>>(list: readonly Entry[], index: number): Entry {
  return list[index] ?? outside(list, index);
}

/** Adds to the number at an index. */
export function add(numbers: Float64Array, index: number, amount: number): void {
  numbers[index] = (numbers[index] ?? outside(numbers, index)) + amount;
}

/** Adds to the count at an index. */
export function addCount(counts: Int32Array, index: number, amount: number): void {
  counts[index] = (counts[index] ?? outside(counts, index)) + amount;
}

function outside({ length }: { readonly length: number }, index: number): never {
  throw new RangeError(`index ${index} of ${length}`);
}
