import { describe, expect, it } from "vitest";
import { criteriaShares, ownShares } from "#rubric/analysis/criteria-shares.ts";
import { panelWeights } from "#rubric/robustness/criteria-weights.ts";
import { aPanel } from "./panels.ts";

type Points = readonly (readonly number[] | null)[];

interface Parts {
  readonly points?: Points;
  readonly stated?: readonly number[];
  readonly identity?: "anonymous";
}

/** Five reviewers on three criteria. */
function panelWith(parts: Parts) {
  const column = [1, 2, 3, 4, 5];
  return aPanel({ rounds: [{ "P1-C1": column, "P1-C2": column, "P1-C3": column }], ...parts });
}

function sharesWith(parts: Parts) {
  const { input, context } = panelWith(parts);
  return criteriaShares(input, context.rubric, context.protocol.minScores);
}

describe("how much each criterion counts", () => {
  it("is the mean of what the reviewers said, each counting alike however many points they dealt", () => {
    const points = [
      [100, 0, 0],
      [5, 5, 0],
      [0, 30, 0],
    ];
    expect(sharesWith({ points, stated: [1, 1, 8] })).toEqual({
      source: "points",
      weights: [0.5, 0.5, 0],
      equal: 1 / 3,
      reviewers: [
        [0, 1, 0],
        [0.5, 0.5, 0],
        [1, 0, 0],
      ],
      // Half of everything for the first and the third, nothing for the second.
      meanDifference: 1 / 3,
    });
  });

  it("leaves out points that sum to 0, and those of somebody without scores", () => {
    const points = [[8, 1, 1], [0, 0, 0], null, [4, 4, 2], [2, 6, 2], [0, 0, 100]];
    const { weights, reviewers, meanDifference } = sharesWith({ points });
    const counted = panelWeights([
      [8, 1, 1],
      [4, 4, 2],
      [2, 6, 2],
    ]).values;
    expect(weights).toEqual(counted.panel);
    expect(meanDifference).toBe(counted.meanTotalVariation);
    expect(reviewers).toHaveLength(3);
    expect(ownShares(panelWith({ points }).input)).toEqual([
      [0.8, 0.1, 0.1],
      null,
      null,
      [0.4, 0.4, 0.2],
      [0.2, 0.6, 0.2],
    ]);
  });

  it("is what the rubric states where fewer reviewers than the minimum of scores said anything", () => {
    const points = [[100, 0, 0], [0, 0, 0], [100, 0, 0], null];
    const stated = { source: "stated", weights: [0.75, 0.25, 0], equal: 1 / 3, reviewers: [], meanDifference: null };
    expect(sharesWith({ points, stated: [30, 10] })).toEqual(stated);
    expect(sharesWith({ stated: [30, 10] })).toEqual(stated);
  });

  it.each([undefined, [0, 0, 0]])("is the same for all where nobody says anything, or only noughts", (stated) => {
    const third = 1 / 3;
    expect(sharesWith(stated ? { stated } : {})).toEqual({
      source: "equal",
      weights: [third, third, third],
      equal: third,
      reviewers: [],
      meanDifference: null,
    });
  });

  it("never comes from points on an anonymous panel", () => {
    const points = Array.from({ length: 5 }, () => [90, 10, 0]);
    expect(sharesWith({ points }).source).toBe("points");
    expect(sharesWith({ points, identity: "anonymous" })).toMatchObject({ source: "equal", reviewers: [] });
  });

  it("shows the reviewers' vectors in an order that says nothing of whose they are", () => {
    // As text with numbers by size, .05 and .5 would be level, and the order that of the reviewers.
    const points = [
      [50, 5, 45],
      [5, 50, 45],
      [100, 1, 0],
      [20, 30, 50],
    ];
    const shown = sharesWith({ points }).reviewers;
    expect(shown).toEqual(sharesWith({ points: points.toReversed() }).reviewers);
    expect(shown.map(([first = 0]) => Math.round(100 * first))).toEqual([5, 20, 50, 99]);
  });
});
