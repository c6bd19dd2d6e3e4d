import { add, addCount, at, codeAt, countAt, entryAt } from "./arrays.ts";
import { type BySize, poolOfSize } from "./by-size.ts";
import type { CrossedSums } from "./crossed-sums.ts";
import { addItem, type PairCounts, pairCounts, removeItem } from "./pair-counts.ts";
import type { ScoreTable } from "./score-table.ts";
import { type Tallies, tallyItems } from "./tallies.ts";

/**
 * All that the live figures of a criterion, or of a panel, are made from: whole numbers only, so that a state brought up
 * to date change by change equals one built anew, to the bit, whatever the order of the changes.
 */
export interface PanelState {
  readonly table: ScoreTable;
  readonly tallies: Tallies;
  readonly pairs: PairCounts;
  /** Of level indexes, not of levels. */
  readonly sums: SumState;
}

interface SumState {
  sum: number;
  squares: number;
  readonly byItem: Margin;
  readonly byReviewer: Margin;
}

/** Sums over the rows or columns of the table, and what rows or columns of one size add up to. */
interface Margin extends BySize<MarginPool> {
  readonly sums: Float64Array;
  readonly sizes: Int32Array;
}

/** Rows or columns with as many scores: how many there are, and the sum of their squared sums. */
interface MarginPool {
  readonly size: number;
  number: number;
  squares: number;
}

/** A score set anew: the code of `ScoreTable`, so 0 takes a score away. */
export interface ScoreChange {
  readonly reviewer: number;
  readonly item: number;
  readonly code: number;
}

/** The state of a table. It keeps the table: from then on only `changeScore` may change its codes. */
export function panelState(table: ScoreTable): PanelState {
  const tallies = tallyItems(table);
  return { table, tallies, pairs: pairCounts(tallies), sums: sumsOf(table, tallies) };
}

/** Brings the state up to date with one score given, changed or taken away. Touches one item and one reviewer only. */
export function changeScore({ table, tallies, pairs, sums }: PanelState, { reviewer, item, code }: ScoreChange): void {
  const place = reviewer * table.items + item;
  const before = codeAt(table.codes, place);
  if (before === code) return;
  removeItem(pairs, tallies, item);
  addCount(tallies.slots, item * tallies.stride + before, -1);
  addCount(tallies.slots, item * tallies.stride + code, 1);
  addItem(pairs, tallies, item);
  move(sums.byItem, item, { before, code });
  move(sums.byReviewer, reviewer, { before, code });
  sums.sum += indexOf(code) - indexOf(before);
  sums.squares += indexOf(code) * indexOf(code) - indexOf(before) * indexOf(before);
  table.codes[place] = code;
}

/** The index of a code's level; no score adds nothing to a sum. */
function indexOf(code: number): number {
  return code === 0 ? 0 : code - 1;
}

function move(
  margin: Margin,
  index: number,
  { before, code }: { readonly before: number; readonly code: number },
): void {
  countMargin(margin, index, -1);
  add(margin.sums, index, indexOf(code) - indexOf(before));
  addCount(margin.sizes, index, Math.sign(code) - Math.sign(before));
  countMargin(margin, index, 1);
}

function countMargin(margin: Margin, index: number, sign: 1 | -1): void {
  const pool = poolOfSize(margin, countAt(margin.sizes, index), emptyPool);
  const sum = at(margin.sums, index);
  pool.number += sign;
  pool.squares += sign * sum * sum;
}

function emptyPool(size: number): MarginPool {
  return { size, number: 0, squares: 0 };
}

function sumsOf(table: ScoreTable, { stride, slots }: Tallies): SumState {
  const byItem = emptyMargin(table.items);
  const byReviewer = emptyMargin(table.reviewers);
  const state = { sum: 0, squares: 0, byItem, byReviewer };
  for (const [slot, count] of slots.entries()) {
    const code = slot % stride;
    if (code === 0 || count === 0) continue;
    const item = (slot - code) / stride;
    addCount(byItem.sizes, item, count);
    add(byItem.sums, item, count * indexOf(code));
    state.sum += count * indexOf(code);
    state.squares += count * indexOf(code) * indexOf(code);
  }
  for (let reviewer = 0; reviewer < table.reviewers; reviewer += 1) setReviewer(byReviewer, table, reviewer);
  for (const item of byItem.sums.keys()) countMargin(byItem, item, 1);
  for (const reviewer of byReviewer.sums.keys()) countMargin(byReviewer, reviewer, 1);
  return state;
}

function setReviewer({ sums, sizes }: Margin, { items, codes }: ScoreTable, reviewer: number): void {
  let sum = 0;
  let size = 0;
  for (let place = reviewer * items; place < (reviewer + 1) * items; place += 1) {
    const code = codeAt(codes, place);
    sum += code;
    size += Math.min(1, code);
  }
  // Each code is one more than its level's index.
  sums[reviewer] = sum - size;
  sizes[reviewer] = size;
}

function emptyMargin(length: number): Margin {
  return { sums: new Float64Array(length), sizes: new Int32Array(length), pools: [], ofSize: new Map() };
}

/**
 * What the variance components are computed from, in scale units, the lowest level taken as zero. For evenly spaced
 * levels.
 */
export function sumsOfState({ sums, table: { levels } }: PanelState): CrossedSums {
  const [lowest = 0] = levels;
  const step = levels.length < 2 ? 1 : (entryAt(levels, levels.length - 1) - lowest) / (levels.length - 1);
  const items = marginSums(sums.byItem);
  const reviewers = marginSums(sums.byReviewer);
  return {
    scores: items.scores,
    items: items.present,
    reviewers: reviewers.present,
    zero: lowest,
    sum: step * sums.sum,
    squares: step * step * sums.squares,
    itemSquares: step * step * items.squares,
    itemSizes: items.sizes,
    itemInverses: items.inverses,
    reviewerSquares: step * step * reviewers.squares,
    reviewerSizes: reviewers.sizes,
  };
}

function marginSums({ pools }: Margin) {
  const totals = { scores: 0, present: 0, squares: 0, sizes: 0, inverses: 0 };
  for (const { size, number, squares } of pools) {
    if (size === 0 || number === 0) continue;
    totals.scores += size * number;
    totals.present += number;
    totals.squares += squares / size;
    totals.sizes += size * size * number;
    totals.inverses += number / size;
  }
  return totals;
}
