import { describe, expect, it } from "vitest";
import { campsOf } from "#rubric/analysis/camps.ts";
import { distinctCamps } from "#rubric/groups/distinct-camps.ts";
import { randomFrom } from "#rubric/statistics/random.ts";
import { seedFor } from "#server/aggregation/seed.ts";
import { aPanel, cellNames, type Said, scoresBy, type TestedPanel } from "./panels.ts";

const seed = seedFor("00".repeat(32), "distinct-camps");
const cells = cellNames(4, 4);

function camps({ input, context }: TestedPanel, from = seed) {
  return campsOf(input, context.rubric, { seed: from, minScores: context.protocol.minScores });
}

/** Half of the cells one camp's, half the other's; a little noise of each reviewer's own. */
function member(camp: 0 | 1, reviewer: number): Said[] {
  return cells.map((_, place) => {
    const isTheirs = place % 2 === camp;
    if ((place + reviewer) % 5 === 0) return isTheirs ? 4 : 2;
    return isTheirs ? 5 : 1;
  });
}

function panelOf(sizes: readonly [number, number], parts: Partial<Parameters<typeof aPanel>[0]> = {}): TestedPanel {
  const [first, second] = sizes;
  const table = Array.from({ length: first + second }, (_, place) => member(place < first ? 0 : 1, place));
  return aPanel({ rounds: [scoresBy(cells, table)], ...parts });
}

describe("the camps of a panel", () => {
  it("are counted where chance hardly ever groups as well, the largest first, and nobody is named", () => {
    const found = camps(panelOf([4, 5]));
    expect(found).toMatchObject({ areFound: true, pValue: 0.01, reason: null, sizes: [5, 4] });
    expect(JSON.stringify(found)).not.toMatch(/m\d/);
  });

  it("say of each cell how many support it in the camp that supports it least", () => {
    const table = [0, 1, 2, 3].map((reviewer) => member(0, reviewer));
    const others = [4, 5, 6, 7].map((reviewer) => member(1, reviewer));
    // In the second camp one gives the first cell a high score and one a middling one; everybody gives the last a high one.
    const rows = [...table, ...others].map((own, place) =>
      own.map((score, cell) => {
        if (cell === 0 && place === 5) return 3;
        return cell === 15 || (cell === 0 && place === 4) ? 4 : score;
      }),
    );
    const { leastSupport = [] } = camps(aPanel({ rounds: [scoresBy(cells, rows)] })) ?? {};
    expect(leastSupport).toHaveLength(16);
    expect([leastSupport[0], leastSupport[1], leastSupport[15]]).toEqual([
      { policyId: "P1", criterionId: "C1", supporters: 1, scores: 4 },
      { policyId: "P1", criterionId: "C2", supporters: 0, scores: 4 },
      { policyId: "P4", criterionId: "C4", supporters: 4, scores: 4 },
    ]);
  });

  it("say nothing of a cell that too few of that camp scored", () => {
    const without = (many: number) => {
      const rows = [0, 1, 2, 3, 4, 5, 6, 7].map((place) => {
        const own = member(place < 4 ? 0 : 1, place);
        return place >= 8 - many ? own.map((score, cell) => (cell === 0 ? "abstain" : score)) : own;
      });
      return camps(aPanel({ rounds: [scoresBy(cells, rows)] }));
    };
    // The second camp supports it least: three of its four scored it, then two.
    expect(without(1)?.leastSupport[0]).toMatchObject({ policyId: "P1", criterionId: "C1", scores: 3 });
    expect(without(2)).toMatchObject({ areFound: true, sizes: [4, 4] });
    expect(without(2)?.leastSupport[0]).toMatchObject({ policyId: "P1", criterionId: "C2" });
  });

  it("are kept back where one is smaller than the panel's minimum of scores", () => {
    expect(camps(panelOf([4, 5], { minScores: 4 }))?.areFound).toBe(true);
    expect(camps(panelOf([4, 5], { minScores: 5 }))).toEqual({
      areFound: false,
      pValue: 0.01,
      reason: null,
      sizes: [],
      leastSupport: [],
    });
  });

  it("of two are never shown, though chance does not make them", () => {
    const panel = panelOf([7, 2]);
    const table = panel.input.reviewers?.map(({ scores }) => scores) ?? [];
    const measured = distinctCamps(table, { permutations: 99, random: randomFrom(seed) }).values;
    expect(measured).toMatchObject({ isDistinct: true, mayBeShown: false });
    expect(camps(panel)).toMatchObject({ areFound: false, pValue: measured.pValue, sizes: [], leastSupport: [] });
  });

  it("are not found where everybody scores as it comes", () => {
    const table = Array.from({ length: 8 }, (_, reviewer) =>
      cells.map((_, place) => 1 + (((reviewer * reviewer * 3 + place * place * 5 + reviewer * place * 7) % 11) % 5)),
    );
    const found = camps(aPanel({ rounds: [scoresBy(cells, table)] }));
    expect(found).toMatchObject({ areFound: false, reason: null, sizes: [], leastSupport: [] });
    expect(found?.pValue).toBeGreaterThan(0.05);
  });

  it("come from the seed: the same again, and by chance another p from another seed", () => {
    const table = Array.from({ length: 8 }, (_, reviewer) =>
      cells.map((_, place) => 1 + (((reviewer * reviewer * 3 + place * place * 5 + reviewer * place * 7) % 11) % 5)),
    );
    const panel = aPanel({ rounds: [scoresBy(cells, table)] });
    expect(camps(panel)).toEqual(camps(panel));
    const others = ["1", "2", "3"].map((digit) => camps(panel, digit.repeat(64))?.pValue);
    expect(new Set([camps(panel)?.pValue, ...others]).size).toBeGreaterThan(1);
  });

  it.each([
    ["too-few-raters", aPanel({ rounds: [scoresBy(cells, [member(0, 0), member(0, 1), member(1, 2)])] })],
    [
      "too-few-common",
      aPanel({
        rounds: [
          scoresBy(
            cellNames(2, 2),
            [0, 0, 1, 1].map((camp, place) => member(camp === 0 ? 0 : 1, place).slice(0, 4)),
          ),
        ],
      }),
    ],
  ])("cannot be asked for, and why: %s", (reason, panel) => {
    expect(camps(panel)).toEqual({ areFound: false, pValue: null, reason, sizes: [], leastSupport: [] });
  });

  it("are never asked for on an anonymous panel", () => {
    expect(camps(panelOf([4, 5], { identity: "anonymous" }))).toBeNull();
  });
});
