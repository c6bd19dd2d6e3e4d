import { add, addCount, countAt } from "./arrays.ts";
import type { Group, Layout } from "./layout.ts";

/** What the groups with one and the same number of members add up to. */
export interface GroupPool {
  readonly size: number;
  readonly groups: number;
  /** Sum of the groups' sums, and of their squares. */
  readonly sum: number;
  readonly squares: number;
  /** By member: the sums of the groups it is in. */
  readonly memberSums: Float64Array;
  /** How many groups two members share: the lower triangle, row by row, the diagonal with it. */
  readonly shared: Int32Array;
}

/** Pools the groups by size, the smallest first, so that an equation over groups is one over sizes. */
export function groupPools({ groups, members }: Layout): GroupPool[] {
  const sizes = [...new Set(groups.map((group) => group.members.length))].sort((left, right) => left - right);
  return sizes.map((size) => ({ size, ...poolOf(groupsOf(groups, size), members) }));
}

function groupsOf(groups: readonly Group[], size: number): Group[] {
  return groups.filter((group) => group.members.length === size);
}

function poolOf(groups: readonly Group[], members: number): Omit<GroupPool, "size"> {
  const memberSums = new Float64Array(members);
  const shared = new Int32Array((members * (members + 1)) / 2);
  for (const group of groups) {
    for (const [place, row] of group.members.entries()) {
      add(memberSums, row, group.sum);
      const start = (row * (row + 1)) / 2;
      for (let other = 0; other <= place; other += 1) addCount(shared, start + countAt(group.members, other), 1);
    }
  }
  return {
    groups: groups.length,
    sum: groups.reduce((sum, group) => sum + group.sum, 0),
    squares: groups.reduce((sum, group) => sum + group.sum * group.sum, 0),
    memberSums,
    shared,
  };
}

/** How many groups a member is in. */
export function meetings({ shared }: GroupPool, member: number): number {
  return countAt(shared, (member * (member + 3)) / 2);
}
