/**
 * New groups under the numbers that readers know: a new group takes the number of the earlier group with which it shares the
 * most members, largest overlap first, of several the smallest numbers first. A group that follows none gets a new number.
 *
 * @param earlier the group of each member before; `null` = was not there
 * @param now the group of each member now
 * @example persistentLabels([1, 1, 1, 2], [1, 2, 2, 2]) // [3, 1, 1, 1]
 */
export function persistentLabels(earlier: readonly (number | null)[], now: readonly number[]): number[] {
  const known = new Map<number, number>();
  const taken = new Set<number>();
  for (const { before, after } of overlaps(earlier, now)) {
    if (known.has(after) || taken.has(before)) continue;
    known.set(after, before);
    taken.add(before);
  }
  let last = Math.max(0, ...earlier.map((label) => label ?? 0));
  return now.map((label) => {
    const found = known.get(label) ?? last + 1;
    if (!known.has(label)) last = found;
    known.set(label, found);
    return found;
  });
}

/** How many members each earlier group shares with each new one, most first. */
function overlaps(earlier: readonly (number | null)[], now: readonly number[]) {
  const found = new Map<string, { before: number; after: number; shared: number }>();
  for (const [member, after] of now.entries()) {
    const before = earlier[member] ?? null;
    if (before === null) continue;
    const key = `${before} ${after}`;
    const shared = (found.get(key)?.shared ?? 0) + 1;
    found.set(key, { before, after, shared });
  }
  return [...found.values()].sort(
    (left, right) => right.shared - left.shared || left.before - right.before || left.after - right.after,
  );
}
