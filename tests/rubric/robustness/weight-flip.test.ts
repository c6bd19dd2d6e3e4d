import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { weightFlip } from "#rubric/robustness/weight-flip.ts";

describe("the least change of weights that brings another policy level", () => {
  test("the example in its documentation", () => {
    expect(
      weightFlip(
        [
          [4, 2],
          [2, 3],
        ],
        [0.5, 0.5],
      ).values.smallestMove,
    ).toBe(1 / 6);
  });

  test("two criteria: 4 and 2 against 2 and 3 are level at a first weight of a third", () => {
    const { values, reasons } = weightFlip(
      [
        [4, 2],
        [2, 3],
      ],
      [0.5, 0.5],
    );
    expect(values).toMatchObject({ leader: 0, values: [3, 2.5] });
    expect(values.challengers).toHaveLength(1);
    expect(values.challengers?.[0]?.weightMoved).toBeCloseTo(1 / 6, 12);
    expect(values.challengers?.[0]?.l2).toBeCloseTo(Math.sqrt(2) / 6, 12);
    expect(reasons).toEqual({});
  });

  test("weight is taken first where the leader is furthest ahead, then from the next", () => {
    // Ahead by 4, 1 and -1: all of the first weight closes .1 * 5 of the gap of .4 + .4 - .5 = .3.
    const only = weightFlip(
      [
        [5, 3, 2],
        [1, 2, 3],
      ],
      [0.1, 0.4, 0.5],
    );
    expect(only.values.challengers?.[0]?.weightMoved).toBeCloseTo(0.3 / 5, 12);
    // Ahead by 4, 1 and -1 at weights .1 .8 .1: the gap is 1.1; .1 * 5 from the first, the other .6 at 2 a unit.
    const both = weightFlip(
      [
        [5, 3, 2],
        [1, 2, 3],
      ],
      [0.1, 0.8, 0.1],
    );
    expect(both.values.challengers?.[0]?.weightMoved).toBeCloseTo(0.1 + 0.3, 12);
  });

  test("a policy that is ahead on no criterion cannot be made to lead", () => {
    expect(
      weightFlip(
        [
          [4, 4],
          [3, 4],
          [3, 3],
        ],
        [0.5, 0.5],
      ),
    ).toEqual({
      values: {
        leader: 0,
        values: [4, 3.5, 3],
        challengers: [
          { challenger: 1, weightMoved: null, l2: null },
          { challenger: 2, weightMoved: null, l2: null },
        ],
        smallestMove: null,
      },
      reasons: {
        smallestMove: "dominated",
        "challengers[0].weightMoved": "dominated",
        "challengers[0].l2": "dominated",
        "challengers[1].weightMoved": "dominated",
        "challengers[1].l2": "dominated",
      },
    });
  });

  test("a single policy has no challengers", () => {
    expect(weightFlip([[1, 2]], [1, 0])).toEqual({
      values: { leader: 0, values: [1], challengers: [], smallestMove: null },
      reasons: { smallestMove: "dominated" },
    });
  });

  test("level policies: the first leads, and nothing has to move", () => {
    const { values } = weightFlip(
      [
        [1, 2, 3],
        [3, 2, 1],
      ],
      [1 / 3, 1 / 3, 1 / 3],
    );
    expect(values).toMatchObject({
      leader: 0,
      challengers: [{ challenger: 1, weightMoved: 0, l2: 0 }],
      smallestMove: 0,
    });
  });

  test("where the shortest way would need a negative weight there is none", () => {
    const { values, reasons } = weightFlip(
      [
        [5, 5, 1],
        [3, 3, 2],
      ],
      [0, 0.9, 0.1],
    );
    expect(values.challengers).toEqual([{ challenger: 1, weightMoved: expect.closeTo(1.7 / 3, 12), l2: null }]);
    expect(reasons).toEqual({ "challengers[0].l2": "outside-simplex" });
  });

  test("a policy with a cell without scores neither leads nor challenges", () => {
    expect(
      weightFlip(
        [
          [null, 9],
          [4, 2],
          [2, 3],
        ],
        [0.5, 0.5],
      ),
    ).toEqual({
      values: {
        leader: 1,
        values: [null, 3, 2.5],
        challengers: [
          { challenger: 0, weightMoved: null, l2: null },
          { challenger: 2, weightMoved: expect.closeTo(1 / 6, 12), l2: expect.closeTo(Math.sqrt(2) / 6, 12) },
        ],
        smallestMove: expect.closeTo(1 / 6, 12),
      },
      reasons: {
        "values[0]": "no-scores",
        "challengers[0].weightMoved": "no-scores",
        "challengers[0].l2": "no-scores",
      },
    });
  });

  test("without weights, or without any value, all is undefined", () => {
    const nothing = { leader: null, values: null, challengers: null, smallestMove: null };
    const why = (reason: string) => ({ leader: reason, values: reason, challengers: reason, smallestMove: reason });
    expect(weightFlip([[1, 2]], [0, 0])).toEqual({ values: nothing, reasons: why("no-weight") });
    expect(weightFlip([[null, 2]], [1, 0])).toEqual({ values: nothing, reasons: why("no-scores") });
    expect(weightFlip([], [1])).toEqual({ values: nothing, reasons: why("no-scores") });
  });

  const score = fc.integer({ min: -20, max: 20 });
  const row = fc.array(score, { minLength: 4, maxLength: 4 });
  const points = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 4, maxLength: 4 });

  property.prop([
    fc.array(row, { minLength: 2, maxLength: 5 }),
    points,
    fc.array(points, { minLength: 30, maxLength: 30 }),
  ])("no weights nearer than that make the challenger lead", (scores, given, others) => {
    const weights = shares(given);
    if (weights === null) return;
    const { leader, challengers } = weightFlip(scores, weights).values;
    for (const { challenger, weightMoved, l2 } of challengers ?? []) {
      for (const other of others.map(shares)) {
        if (other === null) continue;
        const lead = dot(scores[leader ?? 0], other) - dot(scores[challenger], other);
        if (lead > 1e-9) continue;
        if (weightMoved === null) {
          expect(lead).toBeGreaterThan(-1e-9);
          continue;
        }
        const steps = other.map((weight, criterion) => weight - (weights[criterion] ?? 0));
        const moved = steps.reduce((sum, step) => sum + Math.abs(step), 0) / 2;
        const length = Math.sqrt(steps.reduce((sum, step) => sum + step * step, 0));
        expect(moved).toBeGreaterThanOrEqual(weightMoved - 1e-9);
        if (l2 !== null) expect(length).toBeGreaterThanOrEqual(l2 - 1e-9);
      }
    }
  });

  const three = fc.array(score, { minLength: 3, maxLength: 3 });
  const steps = 60;
  const grid = Array.from({ length: (steps + 1) * (steps + 1) }, (_, index) => {
    const [first, second] = [index % (steps + 1), Math.floor(index / (steps + 1))];
    return [first / steps, second / steps, (steps - first - second) / steps];
  }).filter((weights) => weights.every((weight) => weight >= 0));

  property.prop([fc.tuple(three, three), three.map((row) => row.map(Math.abs))])(
    "weights as near as that do make it level: a search over a grid finds some",
    (scores, given) => {
      const weights = shares(given);
      if (weights === null) return;
      const { leader, challengers } = weightFlip(scores, weights).values;
      for (const { challenger, weightMoved } of challengers ?? []) {
        const reaching = grid.filter((other) => dot(scores[leader ?? 0], other) <= dot(scores[challenger], other));
        const moves = reaching.map((other) =>
          dot(
            [0.5, 0.5, 0.5],
            other.map((weight, at) => Math.abs(weight - (weights[at] ?? 0))),
          ),
        );
        if (weightMoved === null) continue;
        expect(Math.min(...moves)).toBeLessThanOrEqual(weightMoved + 2 / steps);
      }
    },
  );

  property.prop([fc.array(row, { minLength: 2, maxLength: 5 }), points, row])(
    "a policy more changes neither the values of the others nor what they have to move to pass one another",
    (scores, given, added) => {
      const weights = shares(given);
      if (weights === null) return;
      const before = weightFlip(scores, weights).values;
      const after = weightFlip([...scores, added], weights).values;
      expect(after.values?.slice(0, -1)).toEqual(before.values);
      if (after.leader === before.leader) expect(after.challengers?.slice(0, -1)).toEqual(before.challengers);
    },
  );
});

function shares(points: readonly number[]): number[] | null {
  const total = points.reduce((sum, point) => sum + point, 0);
  return total === 0 ? null : points.map((point) => point / total);
}

function dot(left: readonly number[] = [], right: readonly number[] = []): number {
  return left.reduce((sum, entry, index) => sum + entry * (right[index] ?? 0), 0);
}
