import { at } from "#rubric/statistics/arrays.ts";
import type { Distances } from "./reviewer-distances.ts";

/** Two groups become one. A group is known by its smallest member. */
export interface Merge {
  readonly kept: number;
  readonly joined: number;
  /** The mean distance between the members of the two. */
  readonly height: number;
}

/**
 * Agglomerative grouping by average linkage: again and again the two groups whose members lie nearest on average become one.
 * Of several equally near pairs the one with the smallest members is taken; distances that differ by less than 1e-12 of the
 * largest are equally near. Answers all merges, lowest first.
 *
 * Sokal & Michener (1958), A statistical method for evaluating systematic relationships, University of Kansas Science
 * Bulletin 38:1409-1438; Kaufman & Rousseeuw (1990), Finding Groups in Data, chapter 5.
 *
 * @example averageLinkage({ size: 3, matrix: Float64Array.of(0, 1, 4, 1, 0, 2, 4, 2, 0) }) // [{ kept: 0, joined: 1, height: 1 }, { kept: 0, joined: 2, height: 3 }]
 */
export function averageLinkage({ size, matrix }: Distances): Merge[] {
  const groups: Groups = {
    size,
    between: Float64Array.from(matrix),
    members: new Float64Array(size).fill(1),
    nearest: new Float64Array(size),
    width: 1e-12 * largest(matrix),
  };
  for (let group = 0; group < size; group += 1) findNearest(groups, group);
  return Array.from({ length: Math.max(0, size - 1) }, () => mergeNearest(groups));
}

/**
 * The group of each member once only `count` groups are left, numbered from 1 in the order in which they first appear.
 * @example cutTree([{ kept: 0, joined: 2, height: 1 }, { kept: 0, joined: 1, height: 3 }], 2) // [1, 2, 1]
 */
export function cutTree(merges: readonly Merge[], count: number): number[] {
  const size = merges.length + 1;
  const joinedTo = new Map(merges.slice(0, size - count).map(({ kept, joined }) => [joined, kept]));
  const labels: number[] = [];
  let found = 0;
  for (let member = 0; member < size; member += 1) {
    // A group joins one whose smallest member is smaller, and so labelled before.
    const label = labels[joinedTo.get(member) ?? -1];
    if (label === undefined) found += 1;
    labels.push(label ?? found);
  }
  return labels;
}

interface Groups {
  readonly size: number;
  /** Mean distances between groups, at their smallest members. */
  readonly between: Float64Array;
  /** How many members a group has; 0 for one that has been joined to another. */
  readonly members: Float64Array;
  /** Distance of a group to the nearest of the groups after it; infinite if there is none. */
  readonly nearest: Float64Array;
  readonly width: number;
}

function mergeNearest(groups: Groups): Merge {
  const { size, between, members, nearest, width } = groups;
  const limit = least(nearest) + width;
  let kept = 0;
  while (at(nearest, kept) > limit) kept += 1;
  let joined = kept + 1;
  while (at(members, joined) === 0 || at(between, kept * size + joined) > limit) joined += 1;
  const height = at(between, kept * size + joined);
  const [keptMembers, joinedMembers] = [at(members, kept), at(members, joined)];
  members[joined] = 0;
  nearest[joined] = Number.POSITIVE_INFINITY;
  for (let other = 0; other < size; other += 1) {
    if (other === kept || at(members, other) === 0) continue;
    const [toKept, toJoined] = [at(between, other * size + kept), at(between, other * size + joined)];
    const distance = (keptMembers * toKept + joinedMembers * toJoined) / (keptMembers + joinedMembers);
    between[other * size + kept] = distance;
    between[kept * size + other] = distance;
    const mayHaveBeenNearest = Math.min(toKept, toJoined) <= at(nearest, other);
    if (other < joined && mayHaveBeenNearest) findNearest(groups, other);
  }
  members[kept] = keptMembers + joinedMembers;
  findNearest(groups, kept);
  return { kept, joined, height };
}

function least(numbers: Float64Array): number {
  let found = Number.POSITIVE_INFINITY;
  for (const number of numbers) found = Math.min(found, number);
  return found;
}

function largest(numbers: Float64Array): number {
  let found = 0;
  for (const number of numbers) found = Math.max(found, number);
  return found;
}

function findNearest({ size, between, members, nearest }: Groups, group: number): void {
  let found = Number.POSITIVE_INFINITY;
  for (let other = group + 1; other < size; other += 1) {
    if (at(members, other) > 0) found = Math.min(found, at(between, group * size + other));
  }
  nearest[group] = found;
}
