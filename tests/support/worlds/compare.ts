import type { Transcript } from "./perform.ts";
import { unsealing } from "./seals.ts";
import type { Sighting } from "./watch.ts";

/** The first thing a viewer got that was not the same in both worlds, and the place where it begins to differ. */
export interface Leak {
  readonly label: string;
  readonly here: string;
  readonly there: string;
}

/** Whether two worlds looked the same: `null`, or the first thing that did not. */
export function leakBetween(one: Transcript, other: Transcript, isRecast: boolean): Leak | null {
  if (JSON.stringify(one.seen) === JSON.stringify(other.seen)) return null;
  const renamed = (told: Transcript) => told.seen.map(renamerFor(told, isRecast));
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

/** Where the same ids belong to other people, ids are compared as whom they stand for, and what is hashed over them, too. */
function renamerFor(told: Transcript, isRecast: boolean): (sighting: Sighting, place: number) => Sighting {
  const unsealed = unsealing(told.seals);
  const renamed = (text: string) =>
    isRecast ? [...told.nameOf].reduce((left, [id, name]) => left.replaceAll(id, name.padEnd(36)), text) : text;
  return ({ label, text }, place) => {
    const hasSeals = isRecast || place >= told.sealedFrom;
    return { label, text: renamed(hasSeals ? unsealed(text) : text) };
  };
}

function excerpt(left: string, right: string): Pick<Leak, "here" | "there"> {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  const from = Math.max(0, at - 80);
  return { here: left.slice(from, at + 160), there: right.slice(from, at + 160) };
}
