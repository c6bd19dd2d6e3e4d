import { levelsIn, type Ratings, scoreTable } from "#rubric/statistics/score-table.ts";
import { type Tallies, tallyItems } from "#rubric/statistics/tallies.ts";
import { levelScale, ratings, type StatedScale, table } from "./inputs.ts";

type Counts = readonly (readonly number[])[];

/** Items x categories: how many scores each category got. */
export const countsByItem = table<Counts>({
  faultOf: (entry) => (isCount(entry) && Number.isInteger(entry) ? null : "must be a whole number from 0 up"),
});

/** Pairs of scores, round 1 by round 2; shares will do. */
export const pairTableCounts = table<Counts>({
  faultOf: (entry) => (isCount(entry) ? null : "must be a number from 0 up"),
}).refine(isSquareOrNoTable, "must be square");

/** What is no table is told of elsewhere. */
function isSquareOrNoTable(rows: unknown): boolean {
  return !Array.isArray(rows) || rows.every((row) => !Array.isArray(row) || row.length === rows.length);
}

/** The scores of two rounds. */
export const twoRows = ratings.refine(
  (rows: unknown) => !Array.isArray(rows) || rows.length === 2,
  "must have two rows, one for each round",
);

function isCount(entry: unknown): entry is number {
  return typeof entry === "number" && entry >= 0 && entry <= 1e9;
}

/** The table has one column for each level of `scale`, where there is one. */
export function matchesLevels(field: string) {
  return (
    input: Readonly<Record<string, unknown>>,
    tell: (path: readonly (string | number)[], message: string) => void,
  ) => {
    const rows = input[field];
    const read = levelScale.safeParse(input.scale);
    if (!read.success || !Array.isArray(rows) || !Array.isArray(rows[0])) return;
    const [got, levels] = [rows[0].length, read.data.levels.length];
    if (got !== levels) tell([field, 0], `has ${got} entries, but the scale has ${levels} levels`);
  };
}

/** On a continuous scale the scores themselves are the levels; its end counts as one that may be unused. */
export function talliesIn(input: { readonly scale: StatedScale; readonly ratings: Ratings }): Tallies {
  const levels = input.scale.levels ?? levelsIn([...input.ratings, [input.scale.min]]);
  return tallyItems(scoreTable(input.ratings, levels));
}

/** How many scores each item got on every level that occurs. */
export function countsOfItems(given: Ratings): Counts {
  const { items, levels, stride, slots } = tallyItems(scoreTable(given, levelsIn(given)));
  return Array.from({ length: items }, (_, item) => [
    ...slots.subarray(item * stride + 1, item * stride + 1 + levels.length),
  ]);
}
