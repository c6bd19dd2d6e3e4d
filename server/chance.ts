import { randomBytes, randomInt } from "node:crypto";

/** Where chance decides about people. A test hands in its own, so that two runs can be compared. */
export interface Chance {
  bytes(count: number): Uint8Array;
  /** The items in an order that says nothing about them. */
  shuffle<Item>(items: readonly Item[]): Item[];
}

export const trueChance: Chance = {
  bytes: (count) => randomBytes(count),
  shuffle(items) {
    const left = [...items];
    return items.flatMap(() => left.splice(randomInt(left.length), 1));
  },
};
