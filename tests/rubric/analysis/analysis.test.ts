import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { type Analysis, analyse } from "#rubric/analysis/analysis.ts";
import { entryAt } from "#rubric/analysis/entry-at.ts";
import { secondLooks } from "#rubric/analysis/second-looks.ts";
import { canonical } from "#rubric/canonical.ts";
import { seedFor } from "#server/aggregation/seed.ts";
import { analysed, aPanel, cellNames, type Said, scoresBy } from "./panels.ts";

const cells = cellNames(2, 2);
const table: Said[][] = [
  [5, 2, 4, 1],
  [4, 3, 5, 2],
  [1, 5, 2, 4],
  [3, 3, 3, 3],
];

function seedsOf({ measures }: Analysis): Record<string, string | null> {
  return Object.fromEntries(measures.map(({ name, seed }) => [name, seed]));
}

describe("all figures over several cells", () => {
  it("come in steps, of which whoever waits is told", () => {
    const { input, context } = aPanel({ rounds: [scoresBy(cells, table)] });
    const told: [number, number][] = [];
    analyse(input, context, { seedOf: (purpose) => seedFor("", purpose), onStep: (done, of) => told.push([done, of]) });
    expect(told).toEqual([
      [1, 4],
      [2, 4],
      [3, 4],
      [4, 4],
    ]);
  });

  it("carry the measures they were made by, with parameters, and seeds where something was drawn", () => {
    const wide = Array.from({ length: 4 }, (_, reviewer) =>
      cellNames(2, 4).map((_, place) => 1 + ((reviewer * 3 + place) % 5)),
    );
    const { measures } = analysed(aPanel({ rounds: [scoresBy(cellNames(2, 4), wide)] }));
    const seed = (purpose: string) => seedFor("00".repeat(32), purpose);
    const version = "1";
    expect(measures).toEqual([
      { name: "severity-adjusted", version, parameters: { model: "mixed" }, seed: null },
      { name: "variance-components", version, parameters: { method: "henderson" }, seed: null },
      { name: "criteria-weights", version, parameters: {}, seed: null },
      { name: "policy-values", version, parameters: {}, seed: null },
      { name: "resampled-values", version, parameters: { resamples: 2000 }, seed: seed("resampled-values") },
      { name: "smaa", version, parameters: { draws: 100_000 }, seed: seed("smaa") },
      { name: "weight-flip", version, parameters: {}, seed: null },
      { name: "leave-one-reviewer-out", version, parameters: {}, seed: null },
      { name: "distinct-camps", version, parameters: { permutations: 99 }, seed: seed("distinct-camps") },
      { name: "round-stability", version, parameters: {}, seed: null },
      { name: "weighted-kappa", version, parameters: { weights: "quadratic" }, seed: null },
    ]);
  });

  it("claim no draws where there were none: exact shares, no camps to test, an anonymous panel, no order", () => {
    const rounds = [scoresBy(cells, table)];
    const [named, anonymous] = [analysed(aPanel({ rounds })), analysed(aPanel({ rounds, identity: "anonymous" }))];
    expect(seedsOf(named)).toMatchObject({
      smaa: null,
      "distinct-camps": null,
      "resampled-values": expect.any(String),
    });
    expect(Object.values(seedsOf(anonymous)).filter((seed) => seed !== null)).toEqual([]);
    const none = analysed(aPanel({ rounds: [{ "P1-C1": [1, 2, 3] }] }));
    expect(none.measures.find(({ name }) => name === "smaa")?.parameters).toEqual({ draws: 0 });
  });

  it("of a panel without a cell that has enough scores are none", () => {
    expect(analysed(aPanel({ rounds: [{ "P1-C1": [1, 2, "abstain"] }] }))).toMatchObject({
      cells: [],
      reliability: { panel: { iccOne: null, reason: "no-scores" }, criteria: [{ criterionId: "C1", iccOne: null }] },
      weights: { source: "equal" },
      order: null,
      camps: { areFound: false, reason: "too-few-raters" },
      changes: null,
    });
  });

  it("of an anonymous panel are those that no two scores of one person are needed for", () => {
    const rounds = [scoresBy(cells, table), scoresBy(cells, table.toReversed())];
    expect(analysed(aPanel({ rounds }))).toMatchObject({
      reliability: { panel: { reason: null } },
      order: { leaveOneOut: { reviewers: 4 } },
      camps: { areFound: false },
      changes: { panel: { pairs: 16 } },
    });
    const found = analysed(aPanel({ rounds, identity: "anonymous" }));
    expect(found).toMatchObject({ reliability: null, order: { leaveOneOut: null }, camps: null, changes: null });
    expect(found.cells.map(({ adjusted, seAdjusted }) => [adjusted, seAdjusted])).toEqual(
      cells.map(() => [null, null]),
    );
    expect(found.cells.map(({ mean }) => mean)).toEqual(analysed(aPanel({ rounds })).cells.map(({ mean }) => mean));
  });

  it("stand in rubric order, criterion by criterion where they are of criteria", () => {
    const { cells: found, reliability } = analysed(aPanel({ rounds: [scoresBy(cells.toReversed(), table)] }));
    expect(found.map(({ policyId, criterionId }) => `${policyId}-${criterionId}`)).toEqual(cells);
    expect(reliability?.criteria.map(({ criterionId }) => criterionId)).toEqual(["C1", "C2"]);
  });

  it("of an input whose reviewers were taken out are answered, with nothing over reviewers", () => {
    const { input, context } = aPanel({ rounds: [scoresBy(cells, table)] });
    const forged = analyse({ ...input, reviewers: [] }, context, { seedOf: (purpose) => seedFor("", purpose) });
    expect(forged).toMatchObject({ order: { leaveOneOut: null, policies: [{ low: null }, { low: null }] } });
  });
});

describe("the entry of a list", () => {
  it("is missing where there is no list, no place, or nothing at it", () => {
    expect([entryAt(null, 0), entryAt([1], null), entryAt([1], 1), entryAt([1], 0)]).toEqual([null, null, null, 1]);
  });
});

const said = fc.constantFrom<Said>(1, 2, 3, 4, 5, 5, 4, "abstain", "cannot-judge", "absent", null);
const column = fc.array(said, { minLength: 6, maxLength: 6 });
const round = fc.record({ "P1-C1": column, "P1-C2": column, "P2-C1": column, "P2-C2": column, "P3-C1": column });
const identity = fc.constantFrom("named" as const, "pseudonymous" as const, "anonymous" as const);
const points = fc.array(fc.option(fc.tuple(fc.nat(100), fc.nat(100))), { minLength: 6, maxLength: 6 });
const panels = [fc.array(round, { minLength: 1, maxLength: 2 }), identity, points] as const;

describe("whatever the answers", () => {
  property.prop([...panels], { numRuns: 25 })(
    "every figure is finite or missing, and the same after its way through a file",
    (rounds, mode, given) => {
      const panel = aPanel({ rounds, identity: mode, points: given });
      const figures = { ...analysed(panel), looks: secondLooks(panel.input) };
      // Refuses what has no JSON text; toEqual tells a negative nought from a nought.
      expect(JSON.parse(canonical(figures))).toEqual(figures);
    },
  );

  property.prop([...panels], { numRuns: 25 })("shares lie within 0 and 1, and sum to 1", (rounds, mode, given) => {
    const { order, weights } = analysed(aPanel({ rounds, identity: mode, points: given }));
    const sums = [weights.weights, order?.weights ?? [1]];
    for (const list of sums) expect(list.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
    for (const { value, low, high, rankProbability } of order?.policies ?? []) {
      expect(value).toBeGreaterThanOrEqual(-1e-12);
      expect(value).toBeLessThanOrEqual(1 + 1e-12);
      expect(low ?? 0).toBeLessThanOrEqual(high ?? 0);
      expect((rankProbability ?? [1]).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
    }
  });

  property.prop([round, points], { numRuns: 15 })(
    "the names of the reviewers change nothing but who is who",
    (given, own) => {
      const parts = { rounds: [given], points: own };
      const [named, coded] = [aPanel(parts), aPanel({ ...parts, identity: "pseudonymous" as const })];
      // Files of a pseudonymous panel carry points only where enough reviewers gave some.
      const enough = own.filter((row) => row?.some((point) => point > 0)).length >= 3;
      if (enough) expect(analysed(coded)).toEqual(analysed(named));
    },
  );
});
