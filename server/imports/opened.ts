import type { Bundle } from "#rubric/bundle.ts";
import type { ImportedOpening } from "#rubric/imported-panel.ts";
import type { CellId } from "#rubric/rubric.ts";

/** What a bundle tells of the keys that one round's reveal opened. Files from before there were commitments hold none. */
export function openedIn({ openings = [], cellKeys = [] }: Bundle, round: number): ImportedOpening[] {
  const keysOf = new Map<string, (CellId & { readonly key: string })[]>();
  for (const { round: of, who, ...key } of [...openings, ...cellKeys.map((one) => ({ ...one, who: "" }))]) {
    if (of !== round) continue;
    const keys = keysOf.get(who) ?? [];
    keysOf.set(who, keys);
    keys.push(key);
  }
  return [...keysOf].map(([who, keys]) => ({ who, keys }));
}
