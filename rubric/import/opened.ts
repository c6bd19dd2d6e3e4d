import type { Bundle } from "../bundle.ts";
import type { CellId } from "../rubric.ts";

/** The keys that a reveal opened under one label; an empty one stands for the cells as a whole. */
export interface ImportedOpening {
  readonly who: string;
  readonly keys: readonly (CellId & { readonly key: string })[];
}

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
