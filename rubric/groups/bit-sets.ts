import { addCount, at, countAt } from "#rubric/statistics/arrays.ts";

/** Sets of items, 32 to a word. */
export interface BitSets {
  readonly wordsEach: number;
  readonly words: Int32Array;
}

/** One set for each row of a table: the places where the row holds 1. */
export function bitSets(table: Float64Array, rows: number, columns: number): BitSets {
  const wordsEach = Math.ceil(columns / 32);
  const words = new Int32Array(rows * wordsEach);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const bit = at(table, row * columns + column) << (column % 32);
      addCount(words, row * wordsEach + Math.floor(column / 32), bit);
    }
  }
  return { wordsEach, words };
}

/** How many members two sets share. */
export function sharedCount({ wordsEach, words }: BitSets, one: number, other: number): number {
  let count = 0;
  for (let word = 0; word < wordsEach; word += 1) {
    const both = countAt(words, one * wordsEach + word) & countAt(words, other * wordsEach + word);
    count += sumOfBytes(countsByByte(both));
  }
  return count;
}

/**
 * How many bits are set in each of a word's four bytes, in that byte.
 * @example countsByByte(0x0103ff00) // 0x01020800
 */
export function countsByByte(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (fours + (fours >>> 4)) & 0x0f0f0f0f;
}

/**
 * @param bytes a word of four numbers, 0..255 each
 * @example sumOfBytes(0x01020800) // 11
 */
export function sumOfBytes(bytes: number): number {
  const halves = (bytes & 0x00ff00ff) + ((bytes >>> 8) & 0x00ff00ff);
  return (halves & 0xffff) + (halves >>> 16);
}
