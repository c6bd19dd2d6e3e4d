/**
 * The entry of a list at a place, where either may be missing.
 * @example entryAt(["a", "b"], 1) // "b"
 */
export function entryAt<Entry>(list: readonly (Entry | null)[] | null, place: number | null): Entry | null {
  return place === null ? null : (list?.[place] ?? null);
}
