import { countAt } from "./arrays.ts";

/** A xoshiro128** generator: four 32-bit words that move on with every draw. */
export interface Random {
  readonly words: Int32Array;
}

// Powers of two, by which multiplying is exact, and quicker than dividing.
const TWO_TO_MINUS_32 = 1 / 4_294_967_296;
const TWO_TO_MINUS_53 = 1 / 9_007_199_254_740_992;

/**
 * A generator from a seed in hex text. The state is the seed's first 16 bytes, read as four words, the first byte of a
 * word being its highest. The same seed gives the same draws on every machine.
 *
 * @throws RangeError for a seed of fewer than 32 hex digits, or whose first 16 bytes are all zero
 * @example nextWord(randomFrom("00000001000000020000000300000004")) // 11520
 */
export function randomFrom(seed: string): Random {
  if (!/^[0-9a-f]{32}/i.test(seed)) throw new RangeError("a seed has at least 32 hex digits");
  const words = Int32Array.from([0, 8, 16, 24], (start) => Number.parseInt(seed.slice(start, start + 8), 16) | 0);
  // The generator would stay at zero for ever.
  if (words.every((word) => word === 0)) throw new RangeError("a seed must not start with 16 zero bytes");
  return { words };
}

/**
 * The next 32 random bits as a whole number from 0 to 2^32 - 1.
 *
 * Blackman & Vigna (2021), Scrambled linear pseudorandom number generators, ACM Transactions on Mathematical Software
 * 47:36, xoshiro128**.
 *
 * @example nextWord(randomFrom("00000001000000020000000300000004")) // 11520
 */
export function nextWord({ words }: Random): number {
  const second = countAt(words, 1);
  // Shifts and sums stay within 32 bits: times 5, turned left by 7, times 9.
  const fivefold = ((second << 2) + second) | 0;
  const turned = (fivefold << 7) | (fivefold >>> 25);
  const third = countAt(words, 2) ^ countAt(words, 0);
  const fourth = countAt(words, 3) ^ second;
  words[1] = second ^ third;
  words[0] = countAt(words, 0) ^ fourth;
  words[2] = third ^ (second << 9);
  words[3] = (fourth << 11) | (fourth >>> 21);
  return ((turned << 3) + turned) >>> 0;
}

/**
 * A uniform draw from 0 (may be) to 1 (never): 53 bits of two words, the first word giving the higher ones.
 *
 * @example uniform(randomFrom("00000001000000020000000300000004")) // 0.000002682209014892578
 */
export function uniform(random: Random): number {
  const high = nextWord(random) >>> 5;
  const low = nextWord(random) >>> 6;
  return (high * 67_108_864 + low) * TWO_TO_MINUS_53;
}

/**
 * A whole number from 0 to `bound` - 1 from one word: floor(word x bound / 2^32). No number is favoured by more than
 * `bound` / 2^32. For a bound up to 2^20, so that the product is exact.
 *
 * @example drawBelow(randomFrom("00000001000000020000000300000004"), 1_000_000) // 2
 */
export function drawBelow(random: Random, bound: number): number {
  return Math.floor(nextWord(random) * bound * TWO_TO_MINUS_32);
}
