import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { ordinalAgreement } from "#rubric/statistics/ordinal-agreement.ts";

const five = [1, 2, 3, 4, 5];
const seven = [1, 2, 3, 4, 5, 6, 7];
const panel = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 9 });

function levelsFor(counts: readonly number[]): number[] {
  return counts.map((_, index) => index - 2);
}

describe("agreement on an ordered scale", () => {
  test("the example in its documentation", () => {
    expect(ordinalAgreement([3, 0, 0, 0, 3], five).values.agreementA).toBe(-1);
  });

  test("van der Eijk 2001, Quality & Quantity 35:325-341, p. 331", () => {
    const { agreementA } = ordinalAgreement([30, 40, 210, 130, 530, 50, 10], seven).values;
    expect(agreementA).toBeCloseTo(0.611, 3);
    const shares = [0.03, 0.04, 0.21, 0.13, 0.53, 0.05, 0.01];
    expect(ordinalAgreement(shares, seven).values.agreementA).toBeCloseTo(agreementA!, 9);
  });

  test("by definition: 1 unanimous, 0 uniform, -1 half at each end", () => {
    const of = (...counts: readonly number[]) => ordinalAgreement(counts, five).values;
    expect(of(0, 0, 9, 0, 0)).toEqual({ agreementA: 1, polarisation: 0, consensusCns: 1, dissensus: 0 });
    expect(of(3, 3, 3, 3, 3)).toMatchObject({ agreementA: 0, polarisation: 0.5 });
    expect(of(5, 0, 0, 0, 5)).toEqual({ agreementA: -1, polarisation: 1, consensusCns: 0, dissensus: 1 });
  });

  test("Tastle and Wierman's Cns by hand: 1 and 3 of 1..3 with half of the scores at 2", () => {
    // The mean is 2; half of the scores lie half a range away: 1 + log2(1/2) / 2.
    expect(ordinalAgreement([1, 2, 1], [1, 2, 3]).values.consensusCns).toBeCloseTo(0.5, 14);
  });

  test("two levels have no A, but a consensus; no scores have neither", () => {
    const two = ordinalAgreement([2, 2], [0, 1]);
    expect(two.values).toEqual({ agreementA: null, polarisation: null, consensusCns: 0, dissensus: 1 });
    expect(two.reasons).toEqual({ agreementA: "too-few-levels", polarisation: "too-few-levels" });
    const none = ordinalAgreement([0, 0, 0], [1, 2, 3]);
    expect(Object.values(none.values)).toEqual([null, null, null, null]);
    expect(new Set(Object.values(none.reasons))).toEqual(new Set(["no-scores"]));
  });

  test("one score among very many does not take the logarithm of nothing", () => {
    const { consensusCns } = ordinalAgreement([1e12, 0, 1e-6], [1, 2, 3]).values;
    expect(consensusCns).toBeCloseTo(1, 9);
  });

  property.prop([panel])("lies within its bounds, and does not care which end is up", (counts) => {
    const { values } = ordinalAgreement(counts, levelsFor(counts));
    const mirrored = ordinalAgreement([...counts].reverse(), levelsFor(counts)).values;
    if (values.agreementA === null || values.polarisation === null || values.consensusCns === null) return;
    expect(Math.abs(values.agreementA)).toBeLessThanOrEqual(1 + 1e-12);
    expect(values.polarisation).toBeGreaterThanOrEqual(-1e-12);
    expect(values.polarisation).toBeLessThanOrEqual(1 + 1e-12);
    expect(values.consensusCns).toBeGreaterThanOrEqual(-1e-12);
    expect(values.consensusCns).toBeLessThanOrEqual(1 + 1e-12);
    expect(mirrored.agreementA).toBeCloseTo(values.agreementA, 12);
    expect(mirrored.consensusCns).toBeCloseTo(values.consensusCns, 12);
  });

  property.prop([panel, fc.integer({ min: 2, max: 9 })])("depends on shares only", (counts, factor) => {
    const { values } = ordinalAgreement(counts, levelsFor(counts));
    const larger = ordinalAgreement(
      counts.map((count) => count * factor),
      levelsFor(counts),
    ).values;
    expect(larger.agreementA === null).toBe(values.agreementA === null);
    if (values.agreementA === null) return;
    expect(larger.agreementA).toBeCloseTo(values.agreementA, 12);
  });
});
