import { describe, expect, it } from "vitest";
import { scoresOf } from "#rubric/analysis/analysis-input.ts";
import { secondLooks } from "#rubric/analysis/second-looks.ts";
import { outlierReviewers } from "#rubric/statistics/outlier-reviewers.ts";
import { aPanel, cellNames, type Said, scoresBy } from "./panels.ts";

const cells = cellNames(6, 1);
/** Alike but for a level here and there, as generous as one another but for a little. */
const rest: Said[][] = [
  [3, 4, 4, 5, 2, 3],
  [3, 3, 4, 4, 3, 3],
  [2, 4, 4, 5, 3, 3],
  [3, 4, 3, 4, 2, 4],
  [3, 4, 4, 5, 3, 2],
  [4, 4, 5, 5, 2, 3],
];

function inputWith(more: readonly Said[][]) {
  return aPanel({ rounds: [scoresBy(cells, [...rest, ...more])] }).input;
}

function lookAt(own: Said[]) {
  return secondLooks(inputWith([own])).at(-1);
}

describe("a second look at a reviewer's scores", () => {
  it("is what the measure says of the table, by label, with how many scores and levels there are", () => {
    const input = inputWith([[1, 2, "abstain", 2, 1, 2]]);
    const { values } = outlierReviewers(scoresOf(input));
    const looks = secondLooks(input);
    expect(looks.map(({ label }) => label)).toEqual(["m1", "m2", "m3", "m4", "m5", "m6", "m7"]);
    for (const key of ["severity", "severityRobustZ", "residualRms", "residualRobustZ"] as const)
      expect(looks.map((look) => look[key])).toEqual(values[key]);
    expect(looks.map((look) => look.correlationWithOthers)).toEqual(values.correlationWithOthers);
    expect(looks.map((look) => look.alphaDeltaWithout)).toEqual(values.alphaDeltaWithout);
    expect(looks.map((look) => look.usedLevels)).toEqual(values.usedLevels);
    expect(looks.at(-1)).toMatchObject({ scores: 5, usedLevels: 2 });
  });

  it("finds nothing unusual in scores like the others'", () => {
    expect(
      secondLooks(aPanel({ rounds: [scoresBy(cells, rest.slice(1))] }).input).map(({ isUnusual }) => isUnusual),
    ).toEqual(rest.slice(1).map(() => false));
  });

  it("is worth it for someone far harder than the others", () => {
    const look = lookAt([1, 2, 2, 3, 1, 1]);
    expect(look?.severityRobustZ).toBeLessThan(-3);
    expect(look?.correlationWithOthers).toBeGreaterThan(0);
    expect(look?.isUnusual).toBe(true);
  });

  it("is worth it for someone who scores the other way round, as generous as they are", () => {
    const look = lookAt([4, 3, 2, 3, 4, 4]);
    expect(Math.abs(look?.severityRobustZ ?? Number.NaN)).toBeLessThan(3);
    expect(look?.correlationWithOthers).toBeLessThan(0);
    expect(look?.isUnusual).toBe(true);
  });

  it("is worth it for that alone, where nobody can be far from a middle without spread", () => {
    const alike: Said[] = [1, 2, 3, 4, 5];
    const { input } = aPanel({ rounds: [scoresBy(cellNames(5, 1), [alike, alike, alike, alike.toReversed()])] });
    const [first, , , last] = secondLooks(input);
    expect(last).toMatchObject({ severityRobustZ: null, residualRobustZ: null, isUnusual: true });
    expect(last?.correlationWithOthers).toBeCloseTo(-1, 10);
    expect(first?.isUnusual).toBe(false);
  });

  it("is worth it for someone whose scores are all over the place, though they rise with the others'", () => {
    const look = lookAt([1, 5, 5, 5, 1, 5]);
    expect(look?.residualRobustZ).toBeGreaterThan(3);
    expect(look?.correlationWithOthers).toBeGreaterThan(0);
    expect(look?.isUnusual).toBe(true);
  });

  it("has figures missing where there is too little to tell, and finds nothing then", () => {
    const { input } = aPanel({ rounds: [{ "P1-C1": [3, 3, 3] }] });
    expect(secondLooks(input)[0]).toEqual({
      label: "m1",
      scores: 1,
      severity: 0,
      severityRobustZ: null,
      residualRms: 0,
      residualRobustZ: null,
      correlationWithOthers: null,
      alphaDeltaWithout: null,
      usedLevels: 1,
      isUnusual: false,
    });
  });

  it("is taken of nobody who has no score, and of nobody on an anonymous panel", () => {
    const rounds = [scoresBy(cells, rest)];
    expect(secondLooks(aPanel({ rounds: [...rounds, scoresBy(cells, rest.slice(0, 4))] }).input)).toHaveLength(4);
    expect(secondLooks(aPanel({ rounds, identity: "pseudonymous", minScores: 5 }).input).at(0)?.label).toBe(
      "Reviewer 1",
    );
    expect(secondLooks(aPanel({ rounds, identity: "anonymous" }).input)).toEqual([]);
  });
});
