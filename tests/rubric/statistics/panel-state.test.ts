import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { agreementWeights } from "#rubric/statistics/agreement-weights.ts";
import { cellSummary } from "#rubric/statistics/cell-summary.ts";
import { crossedSums } from "#rubric/statistics/crossed-sums.ts";
import { gwetAc } from "#rubric/statistics/gwet-ac.ts";
import { henderson } from "#rubric/statistics/henderson.ts";
import { onewayIcc } from "#rubric/statistics/icc-oneway-unbalanced.ts";
import { krippendorffAlpha } from "#rubric/statistics/krippendorff-alpha.ts";
import { liveCellFigures, liveFigures } from "#rubric/statistics/live-figures.ts";
import { ordinalAgreement } from "#rubric/statistics/ordinal-agreement.ts";
import { changeScore, type PanelState, panelState, sumsOfState } from "#rubric/statistics/panel-state.ts";
import { randDisagreement } from "#rubric/statistics/rand-disagreement.ts";
import { type Ratings, type ScoreTable, scoreTable } from "#rubric/statistics/score-table.ts";
import { tallyItems } from "#rubric/statistics/tallies.ts";
import { withinGroupAgreement } from "#rubric/statistics/within-group-agreement.ts";
import { anyRatings, expectClose, KRIPPENDORFF_C, levels } from "./panels.ts";

const five = levels(1, 5);
const quadratic = agreementWeights(five, "quadratic");

function copied(table: ScoreTable): ScoreTable {
  return { ...table, codes: table.codes.slice() };
}

function ratingsOf({ table: { items, codes } }: PanelState): Ratings {
  const scores = Array.from(codes, (code) => (code === 0 ? null : code));
  return Array.from({ length: codes.length / items }, (_, row) => scores.slice(row * items, (row + 1) * items));
}

/** Scores given, changed and taken away (withdrawn, recused) anywhere in a table that starts with holes. */
const edits = fc.array(
  fc.record({
    reviewer: fc.integer({ min: 0, max: 4 }),
    item: fc.integer({ min: 0, max: 5 }),
    code: fc.integer({ min: 0, max: 5 }),
  }),
  { maxLength: 80 },
);
const startTable = fc
  .array(fc.constantFrom(0, 0, 1, 2, 3, 4, 5), { minLength: 30, maxLength: 30 })
  .map((codes): ScoreTable => ({ reviewers: 5, items: 6, levels: five, codes: Int8Array.from(codes) }));

describe("brought up to date, change by change", () => {
  property.prop([startTable, edits], { numRuns: 300 })(
    "the state equals one built anew, to the bit",
    (table, changes) => {
      const state = panelState(copied(table));
      for (const change of changes) {
        changeScore(state, change);
        const anew = panelState(copied(state.table));
        expect(state.tallies).toEqual(anew.tallies);
        expect(sumsOfState(state)).toEqual(sumsOfState(anew));
        expect(liveFigures(state, quadratic)).toEqual(liveFigures(anew, quadratic));
      }
    },
  );

  property.prop([startTable, edits])("taking all changes back leaves no trace", (table, changes) => {
    const state = panelState(copied(table));
    const before = changes.map(({ reviewer, item }) => ({ reviewer, item, code: table.codes[reviewer * 6 + item]! }));
    for (const change of changes) changeScore(state, change);
    for (const change of before) changeScore(state, change);
    expect(state.table).toEqual(table);
    expect(liveFigures(state, quadratic)).toEqual(liveFigures(panelState(copied(table)), quadratic));
  });

  property.prop([startTable, edits])("its figures are those of the measures", (table, changes) => {
    const state = panelState(copied(table));
    for (const change of changes) changeScore(state, change);
    const ratings = ratingsOf(state);
    const tallies = tallyItems(scoreTable(ratings, five));
    const figures = liveFigures(state, quadratic);
    expect(figures.alpha).toEqual(krippendorffAlpha(tallies));
    expect(figures.gwet).toEqual(gwetAc(tallies, "quadratic"));
    expectClose(figures.components.values, henderson(crossedSums(ratings)).values);
    expectClose(figures.oneway.values, onewayIcc(crossedSums(ratings)).values);
  });

  property.prop([startTable, edits])("those of every cell are those of its histogram, anew", (table, changes) => {
    const state = panelState(copied(table));
    for (const change of changes) changeScore(state, change);
    const ratings = ratingsOf(state);
    for (const item of [0, 5]) {
      const scores = ratings.map((row) => row[item]!);
      const counts = five.map((level) => scores.filter((score) => score === level).length);
      expect(liveCellFigures(state, item)).toEqual({
        summary: cellSummary(counts, five),
        disagreement: randDisagreement(counts, { min: 1, max: 5, step: 1 }),
        ordinal: ordinalAgreement(counts, five),
        within: withinGroupAgreement(counts, five),
      });
    }
  });
});

test("sums are in scale units, counted from the lowest level", () => {
  const ratings = [
    [-2, 0, 2],
    [0, 2, null],
  ];
  const sums = sumsOfState(panelState(scoreTable(ratings, [-2, 0, 2])));
  expectClose(sums, crossedSums(ratings));
  expect(sums.zero).toBe(-2);
  expect(sumsOfState(panelState(scoreTable([[7]], [7])))).toMatchObject({ scores: 1, sum: 0, zero: 7 });
  expect(sumsOfState(panelState(scoreTable([], [])))).toMatchObject({ scores: 0, zero: 0 });
});

test("a change to the same score changes nothing", () => {
  const state = panelState(scoreTable(KRIPPENDORFF_C, five));
  changeScore(state, { reviewer: 0, item: 0, code: 1 });
  expect(state).toEqual(panelState(scoreTable(KRIPPENDORFF_C, five)));
});

property.prop([anyRatings])("a table of any size has a state", (ratings) => {
  const { alpha } = liveFigures(panelState(scoreTable(ratings, five)), quadratic);
  expect(alpha).toEqual(krippendorffAlpha(tallyItems(scoreTable(ratings, five))));
});
