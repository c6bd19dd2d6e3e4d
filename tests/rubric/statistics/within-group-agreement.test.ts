import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { nullVariances } from "#rubric/statistics/null-variances.ts";
import { withinGroupAgreement } from "#rubric/statistics/within-group-agreement.ts";
import { withinGroupAgreementMulti } from "#rubric/statistics/within-group-agreement-multi.ts";

const five = [1, 2, 3, 4, 5];
const panel = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 5, maxLength: 5 });

describe("agreement within one cell", () => {
  test("the example in its documentation", () => {
    expect(withinGroupAgreement([2, 0, 0, 0, 2], five).values.agreementExact).toBe(0);
  });

  test("the scores 2, 3, 4 by hand", () => {
    expect(withinGroupAgreement([0, 1, 1, 1, 0], five)).toEqual({
      values: {
        ...{ n: 3, s2: 1, varUniform: 2, varMaxDissensus: 4, rwg: 0.5, rwgRaw: 0.5, rwgStar: 0.75 },
        // s2max(3) = 16 * 1 * 2 / 6; the largest variance at mean 3 is 2 * 2 * 3 / 2 / 2.
        ...{ agreementExact: 1 - 1 / (32 / 6), adM: 2 / 3, awg: 1 - 2 / 6 },
      },
      reasons: {},
    });
  });

  test("as split as can be: 0 for every n, where the others fall below", () => {
    const even = withinGroupAgreement([2, 0, 0, 0, 2], five).values;
    expect(even).toMatchObject({ agreementExact: 0, rwg: 0, adM: 2 });
    expect(even.rwgStar).toBeCloseTo(-1 / 3, 14);
    expect(even.rwgRaw).toBeCloseTo(-5 / 3, 14);
    expect(even.awg).toBe(-1);
    expect(withinGroupAgreement([3, 0, 0, 0, 2], five).values.agreementExact).toBeCloseTo(0, 14);
  });

  test("all alike is 1, at an end of the scale too", () => {
    for (const counts of [
      [0, 0, 4, 0, 0],
      [4, 0, 0, 0, 0],
      [0, 0, 0, 0, 4],
    ]) {
      expect(withinGroupAgreement(counts, five).values).toMatchObject({
        rwg: 1,
        rwgStar: 1,
        agreementExact: 1,
        awg: 1,
      });
    }
  });

  test.each([
    [[4, 1, 0, 0, 0], true],
    [[0, 0, 0, 1, 4], true],
    [[4, 0, 0, 0, 1], false],
    [[1, 0, 0, 0, 4], false],
  ])("a mean too near an end has no a_wg: %j", (counts, isTooNear) => {
    const { values, reasons } = withinGroupAgreement(counts, five);
    expect(values.awg === null).toBe(isTooNear);
    expect(reasons).toEqual(isTooNear ? { awg: "mean-too-extreme" } : {});
  });

  test("fewer than two scores leave the null variances alone", () => {
    const one = withinGroupAgreement([0, 0, 1, 0, 0], five);
    expect(one.values).toMatchObject({ n: 1, varUniform: 2, varMaxDissensus: 4, s2: null, agreementExact: null });
    expect(new Set(Object.values(one.reasons))).toEqual(new Set(["too-few-raters"]));
    expect(withinGroupAgreement([0, 0, 0, 0, 0], five).values).toMatchObject({ n: 0, adM: null, awg: null });
  });

  property.prop([panel])("agreementExact stays within 0..1, and reversing the scale changes nothing", (counts) => {
    const { values } = withinGroupAgreement(counts, five);
    const mirrored = withinGroupAgreement([...counts].reverse(), five).values;
    expect(mirrored.agreementExact === null).toBe(values.agreementExact === null);
    if (values.agreementExact === null || values.adM === null) return;
    expect(values.agreementExact).toBeGreaterThanOrEqual(0);
    expect(values.agreementExact).toBeLessThanOrEqual(1);
    expect(mirrored.agreementExact).toBeCloseTo(values.agreementExact, 12);
    expect(mirrored.adM).toBeCloseTo(values.adM, 12);
    if (values.awg === null) expect(mirrored.awg).toBeNull();
    else expect(mirrored.awg).toBeCloseTo(values.awg, 12);
  });
});

describe("the variances of null distributions", () => {
  test("James, Demaree and Wolf 1984; LeBreton and Senter 2008, five points: 2, 1.34, .90, .44", () => {
    const { values, reasons } = nullVariances({
      slightSkew5: [0.05, 0.15, 0.2, 0.35, 0.25],
      moderateSkew5: [0, 0.1, 0.15, 0.4, 0.35],
      heavySkew5: [0, 0, 0.1, 0.4, 0.5],
    });
    expect(values.uniform5).toBe(2);
    expect(values.slightSkew5).toBeCloseTo(1.34, 12);
    expect(values.moderateSkew5).toBeCloseTo(0.9, 12);
    expect(values.heavySkew5).toBeCloseTo(0.44, 12);
    expect(reasons).toEqual({});
  });

  test("shares of nothing have no variance, and are not said to have none", () => {
    const { values, reasons } = nullVariances({ nobody: [0, 0, 0], all: [0, 1, 0] });
    expect(values).toMatchObject({ nobody: null, all: 0 });
    expect(reasons).toEqual({ nobody: "no-scores" });
  });

  test("the example in its documentation, and the constants", () => {
    expect(nullVariances({ ends: [0.5, 0, 0, 0, 0.5] }).values.ends).toBe(4);
    expect(nullVariances({}).values).toEqual({
      ...{ uniform5: 2, uniform7: 4, uniform9: 80 / 12 },
      ...{ maxDissensus5: 4, maxDissensus7: 9, maxDissensus9: 16 },
    });
  });
});

describe("agreement within one policy", () => {
  test("the example in its documentation", () => {
    const { values } = withinGroupAgreementMulti(
      [
        [2, 0, 2],
        [0, 4, 0],
      ],
      [1, 2, 3],
    );
    expect(values.agreementExactJ).toBe(0.5);
  });

  test("two criteria by hand", () => {
    const { values, reasons } = withinGroupAgreementMulti(
      [
        [0, 1, 1, 1, 0],
        [0, 0, 3, 0, 0],
      ],
      five,
    );
    expect(values).toMatchObject({ n: 3, J: 2, meanItemVariance: 0.5, rwgStarJ_uniform: 0.75 });
    // q = .5 / 2; 2 * .75 / (2 * .75 + .25)
    expect(values.rwgJ).toBeCloseTo(1.5 / 1.75, 14);
    expect(values.rwgStarJ_maxDissensus).toBeCloseTo(0.875, 14);
    expect(values.agreementExactJ).toBeCloseTo(1 - 0.5 / (32 / 6), 14);
    expect(values.adMJ).toBeCloseTo(1 / 3, 14);
    expect(reasons).toEqual({});
  });

  test("r_wg(J) is 0, not negative, beyond the uniform variance", () => {
    expect(withinGroupAgreementMulti([[2, 0, 0, 0, 2]], five).values).toMatchObject({ rwgJ: 0, agreementExactJ: 0 });
  });

  test("without criteria, and with fewer than two reviewers", () => {
    const none = withinGroupAgreementMulti([], five);
    expect(none.values).toMatchObject({ n: 0, J: 0, rwgJ: null });
    expect(new Set(Object.values(none.reasons))).toEqual(new Set(["too-few-items"]));
    const one = withinGroupAgreementMulti(
      [
        [0, 1, 0, 0, 0],
        [1, 0, 0, 0, 0],
      ],
      five,
    );
    expect(one.values).toMatchObject({ n: 1, J: 2, adMJ: null });
    expect(new Set(Object.values(one.reasons))).toEqual(new Set(["too-few-raters"]));
    expect(Object.keys(one.reasons)).toHaveLength(6);
  });

  property.prop([panel])("of one criterion is the agreement within its cell", (counts) => {
    const [cell, policy] = [
      withinGroupAgreement(counts, five).values,
      withinGroupAgreementMulti([counts], five).values,
    ];
    expect(policy.agreementExactJ).toBe(cell.agreementExact);
    expect(policy.adMJ).toBe(cell.adM);
    expect(policy.rwgStarJ_uniform).toBe(cell.rwgRaw);
  });
});
