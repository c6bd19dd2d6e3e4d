import { entryAt } from "./arrays.ts";
import type { Figure } from "./figure.ts";
import type { Ratings } from "./score-table.ts";

/**
 * Who scored what, holes left out: one side of the table in groups, each group with the members of the other side that
 * it met. Both sides hold only who has scores.
 */
export interface Layout {
  readonly groups: readonly Group[];
  /** How many members there are, in all groups together. */
  readonly members: number;
  /** Where groups and members stand in the table. */
  readonly groupPlaces: readonly number[];
  readonly memberPlaces: readonly number[];
  readonly scores: number;
  /** The score that was taken as zero: the first, so that large numbers lose no digits. */
  readonly zero: number;
  readonly squares: number;
}

export interface Group {
  readonly members: Int32Array;
  readonly scores: Float64Array;
  readonly sum: number;
}

/**
 * Items as groups of the reviewers who scored them.
 *
 * @example layoutOf([[1, null], [3, null]]).groups // [{ members: [0, 1], scores: [0, 2], sum: 2 }]
 */
export function layoutOf(ratings: Ratings): Layout {
  const memberPlaces = [...ratings.keys()].filter((reviewer) =>
    entryAt(ratings, reviewer).some((score) => score !== null),
  );
  const present = memberPlaces.map((reviewer) => entryAt(ratings, reviewer));
  const zero = present[0]?.find((score) => score !== null) ?? 0;
  const groupPlaces: number[] = [];
  const groups: Group[] = [];
  for (let item = 0; item < (ratings[0]?.length ?? 0); item += 1) {
    const group = groupOf(present, item, zero);
    if (group.members.length === 0) continue;
    groupPlaces.push(item);
    groups.push(group);
  }
  const sum = (value: (group: Group) => number) => groups.reduce((so, group) => so + value(group), 0);
  return {
    groups,
    members: present.length,
    groupPlaces,
    memberPlaces,
    scores: sum(({ members }) => members.length),
    zero,
    squares: sum(({ scores }) => scores.reduce((so, score) => so + score * score, 0)),
  };
}

function groupOf(rows: Ratings, item: number, zero: number): Group {
  const members: number[] = [];
  const scores: number[] = [];
  for (const [reviewer, row] of rows.entries()) {
    const score = row[item] ?? null;
    if (score === null) continue;
    members.push(reviewer);
    scores.push(score - zero);
  }
  const sum = scores.reduce((so, score) => so + score, 0);
  return { members: Int32Array.from(members), scores: Float64Array.from(scores), sum };
}

/**
 * The table with its sides exchanged, so that reviewers become the groups.
 *
 * @example transposed([[1, 2], [3, null]]) // [[1, 3], [2, null]]
 */
export function transposed(ratings: Ratings): Ratings {
  return Array.from({ length: ratings[0]?.length ?? 0 }, (_, item) => ratings.map((row) => row[item] ?? null));
}

/**
 * Figures of the groups or members that have scores, put back where they stand in the table; `no-scores` elsewhere.
 *
 * @example inPlaces([5, 6], [0, 2], 3) // [5, "no-scores", 6]
 */
export function inPlaces(figures: readonly Figure[], places: readonly number[], length: number): Figure[] {
  const placed = new Array<Figure>(length).fill("no-scores");
  for (const [index, place] of places.entries()) placed[place] = entryAt(figures, index);
  return placed;
}
