import { countAt } from "./arrays.ts";
import type { Layout } from "./layout.ts";

/**
 * The connected part of each group and of each member: whoever met is in one part, and so on. Parts count from 0, by
 * their first group.
 */
export interface ConnectedParts {
  readonly count: number;
  readonly ofGroup: Int32Array;
  readonly ofMember: Int32Array;
}

/**
 * Union and find over who met whom; Tarjan (1975), Journal of the ACM 22:215-225.
 *
 * @example connectedParts(layoutOf([[1, null], [null, 2]])).count // 2
 */
export function connectedParts({ groups, members }: Layout): ConnectedParts {
  const parents = Int32Array.from({ length: members }, (_, member) => member);
  for (const group of groups) {
    const first = rootOf(parents, countAt(group.members, 0));
    for (const member of group.members) parents[rootOf(parents, member)] = first;
  }
  const numbers = new Map<number, number>();
  const partOf = (member: number) => {
    const root = rootOf(parents, member);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  };
  const ofGroup = Int32Array.from(groups, (group) => partOf(countAt(group.members, 0)));
  const ofMember = Int32Array.from({ length: members }, (_, member) => partOf(member));
  return { count: numbers.size, ofGroup, ofMember };
}

function rootOf(parents: Int32Array, member: number): number {
  let root = member;
  while (countAt(parents, root) !== root) {
    // Each look-up halves the way for the next.
    parents[root] = countAt(parents, countAt(parents, root));
    root = countAt(parents, root);
  }
  return root;
}
