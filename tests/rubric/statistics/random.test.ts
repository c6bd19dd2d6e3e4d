import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { drawBelow, nextWord, randomFrom, uniform } from "#rubric/statistics/random.ts";

const ONE_TWO_THREE_FOUR = "00000001000000020000000300000004";

describe("xoshiro128** (Blackman and Vigna 2021)", () => {
  test("the first words from the state 1 2 3 4, as the reference program prints them", () => {
    const random = randomFrom(ONE_TWO_THREE_FOUR);
    expect(Array.from({ length: 10 }, () => nextWord(random))).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  test("the examples in the documentation", () => {
    expect(uniform(randomFrom(ONE_TWO_THREE_FOUR))).toBe(0.000002682209014892578);
    expect(drawBelow(randomFrom(ONE_TWO_THREE_FOUR), 1_000_000)).toBe(2);
  });

  test("only the first 16 bytes of a longer seed count, in either case", () => {
    const short = randomFrom("ABCDEF0123456789abcdef0123456789");
    const long = randomFrom("abcdef0123456789abcdef0123456789ffff");
    expect(nextWord(short)).toBe(nextWord(long));
  });

  test("refuses what is no seed", () => {
    expect(() => randomFrom("abc")).toThrow("at least 32 hex digits");
    expect(() => randomFrom("g".repeat(32))).toThrow("at least 32 hex digits");
    expect(() => randomFrom("0".repeat(64))).toThrow("16 zero bytes");
  });
});

property.prop([fc.integer({ min: 1, max: 2 ** 31 }), fc.integer({ min: 1, max: 1000 })], { numRuns: 30 })(
  "draws stay in their range, and fill it evenly",
  (word, bound) => {
    const random = randomFrom(word.toString(16).padStart(32, "0"));
    // From so plain a state the first words are not yet mixed.
    for (let draw = 0; draw < 20; draw += 1) nextWord(random);
    const shares = Array.from({ length: 4000 }, () => uniform(random));
    expect(shares.every((share) => share >= 0 && share < 1)).toBe(true);
    // Six standard errors.
    expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) / 4000 - 0.5)).toBeLessThan(0.0274);
    const wholes = Array.from({ length: 4000 }, () => drawBelow(random, bound));
    expect(wholes.every((whole) => Number.isInteger(whole) && whole >= 0 && whole < bound)).toBe(true);
  },
);
