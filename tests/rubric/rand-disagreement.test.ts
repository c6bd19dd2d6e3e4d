import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { randDisagreement } from "#rubric/statistics/rand-disagreement.ts";

const nine = { min: 1, max: 9, step: 1 };
const five = { min: -2, max: 2, step: 1 };

describe("RAND/UCLA disagreement", () => {
  test("the example in its documentation", () => {
    expect(randDisagreement([4, 0, 0, 0, 4], five)?.disagreementIpras).toBe(true);
  });

  test("the worked example of BMJ Open 2012 (PMC3467596), table 1", () => {
    const figures = randDisagreement([0, 0, 0, 0, 0, 3, 5, 5, 2], nine);
    expect(figures).toMatchObject({ n: 15, p30: 7, p70: 8, ipr: 1, disagreementIpras: false });
    expect(figures?.ipras).toBeCloseTo(6.1, 12);
  });

  test.each([
    [8, 2, 3],
    [9, 2, 3],
    [10, 2, 3],
    [11, 3, 4],
    [12, 3, 4],
    [13, 3, 4],
    [14, 4, 5],
    [15, 4, 5],
    [16, 4, 5],
  ])(
    "a panel of %i: agreement with at most %i outside, disagreement from %i in each extreme third (BMC Med Inform Decis Mak 12:93, table 7)",
    (n, mostOutside, leastExtreme) => {
      const outside = (count: number) => randDisagreement([count, 0, 0, 0, 0, 0, 0, 0, n - count], nine);
      expect(outside(mostOutside)?.agreementClassic).toBe(true);
      expect(outside(mostOutside + 1)?.agreementClassic).toBe(false);
      expect(outside(leastExtreme)?.disagreementClassic).toBe(true);
      expect(outside(leastExtreme - 1)?.disagreementClassic).toBe(false);
      expect(outside(0)?.isExtrapolated).toBe(false);
    },
  );

  test("panels outside the published sizes are marked", () => {
    expect(randDisagreement([7, 0, 0, 0, 0], five)?.isExtrapolated).toBe(true);
    expect(randDisagreement([17, 0, 0, 0, 0], five)?.isExtrapolated).toBe(true);
  });

  test("without scores there is no figure", () => {
    expect(randDisagreement([0, 0, 0, 0, 0], five)).toBeNull();
  });

  property.prop([fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 9, maxLength: 9 })])(
    "the thirds add up, and reversing the scale reverses nothing but the thirds",
    (counts) => {
      const figures = randDisagreement(counts, nine);
      const mirrored = randDisagreement([...counts].reverse(), nine);
      if (figures === null || mirrored === null) return expect(mirrored).toBe(figures);
      expect(figures.lowThird + figures.midThird + figures.highThird).toBe(figures.n);
      expect([mirrored.lowThird, mirrored.highThird]).toEqual([figures.highThird, figures.lowThird]);
      expect(mirrored.disagreementClassic).toBe(figures.disagreementClassic);
      expect(mirrored.ipr).toBe(figures.ipr);
    },
  );
});
