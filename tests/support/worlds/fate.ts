import type { Chance } from "#server/chance.ts";
import { hashed } from "./draw.ts";

/**
 * Ids and chance of a world: what they give depends on the seed and on who acts, never on how much was done before, so
 * that a hidden act cannot change what a later one draws.
 */
export interface Fate {
  readonly newId: () => string;
  readonly chance: Chance;
  /** From here on ids are those of this act. */
  during(act: string): void;
}

export function makeFate(): Fate {
  let act = "";
  let drawn = 0;
  const next = () => {
    drawn += 1;
    return hashed(`${act}/${drawn}`);
  };
  return {
    newId: () => asUuid(next()),
    chance: {
      bytes: (count) => Buffer.from(next(), "hex").subarray(0, count),
      // By what a thing is, so that its place does not depend on the order it came in.
      shuffle: (items) => [...items].sort((left, right) => (placeOf(left) < placeOf(right) ? -1 : 1)),
    },
    during(name) {
      act = name;
      drawn = 0;
    },
  };
}

function placeOf(item: unknown): string {
  const isMember = typeof item === "object" && item !== null && "memberId" in item;
  return hashed(isMember ? String(item.memberId) : JSON.stringify(item));
}

function asUuid(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
