import { describe, expect, it } from "vitest";
import { levelsOf } from "#rubric/scale.ts";
import { stepOf } from "#rubric/step.ts";

const scaleOf = (min: number, max: number) => ({ min, max, step: 1 });
const stepsOf = (min: number, max: number) =>
  levelsOf(scaleOf(min, max)).map((level) => stepOf(scaleOf(min, max), level));

describe("the colour step of a score", () => {
  it("uses the nine steps of the scale evenly, whatever the number of levels", () => {
    expect(stepsOf(1, 9)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(stepsOf(1, 7)).toEqual([1, 2, 4, 5, 6, 8, 9]);
    expect(stepsOf(-2, 2)).toEqual([1, 3, 5, 7, 9]);
    expect(stepsOf(-1, 1)).toEqual([1, 5, 9]);
  });

  it("has a step for medians between levels, rounding halves towards the middle", () => {
    expect(stepOf(scaleOf(-2, 2), -0.5)).toBe(4);
    expect(stepOf(scaleOf(-2, 2), 1.5)).toBe(8);
    expect(stepOf(scaleOf(1, 9), 3.5)).toBe(4);
    expect(stepOf(scaleOf(1, 9), 6.5)).toBe(6);
  });
});
