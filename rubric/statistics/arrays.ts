// The compiler cannot know that an index lies within an array. These say so once; one for each kind of array, because
// engines make fast code for a function only as long as it meets one kind.

/** The number at an index that is known to lie within the array. */
export function at(numbers: Float64Array, index: number): number {
  return numbers[index] ?? 0;
}

/** The count at an index that is known to lie within the array. */
export function countAt(counts: Int32Array, index: number): number {
  return counts[index] ?? 0;
}

/** Adds to the number at an index. */
export function add(numbers: Float64Array, index: number, amount: number): void {
  numbers[index] = (numbers[index] ?? 0) + amount;
}

/** Adds to the count at an index. */
export function addCount(counts: Int32Array, index: number, amount: number): void {
  counts[index] = (counts[index] ?? 0) + amount;
}
