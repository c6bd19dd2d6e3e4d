import { describe, expect, test } from "vitest";
import { ramDisagreement, ramPanelSizes } from "#rubric/statistics/ram-disagreement.ts";
import { randDisagreement } from "#rubric/statistics/rand-disagreement.ts";

const nine = { levels: [1, 2, 3, 4, 5, 6, 7, 8, 9], ends: { min: 1, max: 9 } };

describe("RAND/UCLA disagreement, every figure", () => {
  test("the examples in the documentation", () => {
    expect(ramDisagreement({ counts: [4, 0, 4], levels: [1, 5, 9], ends: nine.ends }, 2).values.median9).toBe(5);
    expect(ramPanelSizes([9]).values.agreementMaxOutside).toEqual([2]);
  });

  test("the worked example of BMJ Open 2012 (PMC3467596), table 1", () => {
    const { values, reasons } = ramDisagreement({ ...nine, counts: [0, 0, 0, 1, 1, 1, 5, 5, 2] }, 2);
    expect(values).toMatchObject({
      ...{ n: 15, median9: 7, p30: 7, p70: 8, ipr: 1, iprcp: 7.5, asymmetryIndex: 2.5 },
      ...{ classification: "appropriate", disagreementIpras: false, classicThreshold: 5, isExtrapolated: false },
    });
    expect(values.ipras).toBeCloseTo(6.1, 12);
    expect(values.disagreementIndex).toBeCloseTo(1 / 6.1, 12);
    expect(reasons).toEqual({});
  });

  test("is the product's own figure, on any scale", () => {
    const counts = [2, 1, 1, 2, 3];
    const own = randDisagreement(counts, { min: -2, max: 2, step: 1 });
    const { values } = ramDisagreement({ counts, levels: [-2, -1, 0, 1, 2], ends: { min: -2, max: 2 } }, 2);
    expect(values).toMatchObject({ ...own });
  });

  test.each([
    [[5, 4, 0, 0, 0, 0, 0, 0, 0], "inappropriate"],
    [[0, 0, 0, 0, 9, 0, 0, 0, 0], "uncertain"],
    [[0, 0, 4, 4, 0, 0, 0, 0, 0], "uncertain"],
    [[0, 0, 0, 0, 0, 4, 4, 0, 0], "appropriate"],
    [[3, 0, 0, 0, 0, 0, 0, 3, 3], "uncertain"],
  ])("%j is %s", (counts, classification) => {
    expect(ramDisagreement({ ...nine, counts }, 2).values.classification).toBe(classification);
  });

  test("percentiles of types 6 and 7 interpolate; the median stays", () => {
    const counts = [1, 1, 1, 1, 1, 1, 1, 1, 1];
    const of = (type: 2 | 6 | 7) => ramDisagreement({ ...nine, counts }, type).values;
    expect([of(2).p30, of(2).p70, of(2).median9]).toEqual([3, 7, 5]);
    expect([of(6).p30, of(6).p70, of(6).median9]).toEqual([3, 7, 5]);
    expect(of(7).p30).toBeCloseTo(3.4, 12);
    expect(of(7).p70).toBeCloseTo(6.6, 12);
  });

  test("under 3 scores there is no classic rule, without scores nothing", () => {
    const two = ramDisagreement({ ...nine, counts: [1, 0, 0, 0, 0, 0, 0, 0, 1] }, 2);
    expect(two.values).toMatchObject({ n: 2, lowThird: 1, disagreementIpras: true, isExtrapolated: true });
    expect(two.values).toMatchObject({ classicThreshold: null, disagreementClassic: null, agreementClassic: null });
    expect(two.reasons).toEqual({
      classicThreshold: "too-few-raters",
      disagreementClassic: "too-few-raters",
      agreementClassic: "too-few-raters",
    });
    const none = ramDisagreement({ ...nine, counts: [0, 0, 0, 0, 0, 0, 0, 0, 0] }, 2);
    expect(none.values).toMatchObject({ n: 0, median9: null, classification: null, lowThird: null });
    expect(Object.keys(none.reasons)).toHaveLength(18);
  });
});

test("the classic limits by panel size (BMC Med Inform Decis Mak 12:93, table 7), and beyond the table", () => {
  const { values, reasons } = ramPanelSizes([8, 9, 10, 11, 12, 13, 14, 15, 16, 2, 3, 17]);
  expect(values.agreementMaxOutside).toEqual([2, 2, 2, 3, 3, 3, 4, 4, 4, null, 0, 5]);
  expect(values.disagreementMinEachExtreme).toEqual([3, 3, 3, 4, 4, 4, 5, 5, 5, null, 1, 6]);
  expect(values.isExtrapolated.slice(8)).toEqual([false, true, true, true]);
  expect(reasons).toEqual({
    "disagreementMinEachExtreme[9]": "too-few-raters",
    "agreementMaxOutside[9]": "too-few-raters",
  });
});
