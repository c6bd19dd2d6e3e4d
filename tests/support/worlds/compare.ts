import type { Transcript } from "./perform.ts";
import type { Sighting } from "./watch.ts";

/** The first thing a viewer got that was not the same in both worlds, and the place where it begins to differ. */
export interface Leak {
  readonly label: string;
  readonly here: string;
  readonly there: string;
}

/** Whether two worlds looked the same: `null`, or the first thing that did not. */
export function leakBetween(one: Transcript, other: Transcript, isRecast: boolean): Leak | null {
  // Where the same ids belong to other people, ids and whatever is hashed from them are compared as what they stand for.
  const renamed = (told: Transcript) => (isRecast ? told.seen.map(renamerFor(told)) : told.seen);
  const [here, there] = [renamed(one), renamed(other)];
  for (let place = 0; place < Math.max(here.length, there.length); place += 1) {
    const [left, right] = [here[place], there[place]];
    if (left?.label === right?.label && left?.text === right?.text) continue;
    return { label: left?.label ?? right?.label ?? "", ...excerpt(left?.text ?? "", right?.text ?? "") };
  }
  return null;
}

/** Who saw that the worlds are not the same. */
export function witnessesBetween(one: Transcript, other: Transcript): string[] {
  return [...one.witnessed].filter(([who, told]) => other.witnessed.get(who) !== told).map(([who]) => who);
}

function renamerFor({ nameOf }: Transcript): (sighting: Sighting) => Sighting {
  const hashes = new Map<string, string>();
  const places = (hash: string) => {
    const known = hashes.get(hash) ?? `hash ${hashes.size}`.padEnd(64);
    hashes.set(hash, known);
    return known;
  };
  return ({ label, text }) => {
    const named = [...nameOf].reduce((left, [id, name]) => left.replaceAll(id, name.padEnd(36)), text);
    return { label, text: named.replaceAll(/\b[0-9a-f]{64}\b/g, places) };
  };
}

function excerpt(left: string, right: string): Pick<Leak, "here" | "there"> {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  const from = Math.max(0, at - 80);
  return { here: left.slice(from, at + 160), there: right.slice(from, at + 160) };
}
