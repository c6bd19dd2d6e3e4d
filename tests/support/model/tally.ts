import type { Deed } from "./deeds.ts";
import type { Panel } from "./panel.ts";

interface Counts {
  done: number;
  refused: number;
}

/** What the scripts came to. */
export interface Tally {
  add(kind: Deed["kind"], how: { isDone: boolean }): void;
  looked(): void;
  reached(panel: Panel): void;
  readonly kinds: ReadonlyMap<Deed["kind"], Counts>;
  /** Panels in each phase of each round, by "phase round". */
  readonly stations: ReadonlyMap<string, number>;
  deeds(): number;
  looks(): number;
}

export function makeTally(): Tally {
  const kinds = new Map(allKinds.map((kind): [Deed["kind"], Counts] => [kind, { done: 0, refused: 0 }]));
  const stations = new Map<string, number>();
  const seen = new Map<Panel, string>();
  let looks = 0;
  return {
    kinds,
    stations,
    add(kind, { isDone }) {
      const counts = kinds.get(kind);
      if (counts && isDone) counts.done += 1;
      else if (counts) counts.refused += 1;
    },
    looked() {
      looks += 1;
    },
    reached(panel) {
      const station = `${panel.phase} ${panel.rounds.length}`;
      if (seen.get(panel) === station) return;
      seen.set(panel, station);
      stations.set(station, (stations.get(station) ?? 0) + 1);
    },
    deeds: () => [...kinds.values()].reduce((sum, { done, refused }) => sum + done + refused, 0),
    looks: () => looks,
  };
}

/** No product of these rules may ever do it. */
const neverDone: readonly Deed["kind"][] = ["write for another", "change one's role", "move on stale knowledge"];

const allKinds = [
  "save a score",
  "save a non-score",
  "take a score back",
  "use a key again",
  "give points",
  "write for another",
  "recuse from a policy",
  "submit",
  "move",
  "move on stale knowledge",
  "invite",
  "join",
  "change one's role",
  "remove a member",
  "edit the set-up",
  "reopen a submission",
] as const satisfies readonly Deed["kind"][];

/** What the scripts left untried: a kind that was never done or never refused, a phase or second round never reached. */
export function untried({ kinds, stations }: Tally): string[] {
  const gaps = [...kinds].flatMap(([kind, { done, refused }]) => [
    ...(done === 0 && !neverDone.includes(kind) ? [`${kind}: never done`] : []),
    ...(refused === 0 ? [`${kind}: never refused`] : []),
  ]);
  const wanted = ["scoring 1", "discussion 1", "closed 1", "scoring 2", "discussion 2", "closed 2"];
  return [...gaps, ...wanted.filter((station) => !stations.has(station)).map((station) => `${station}: never reached`)];
}

export function inLines(tally: Tally): string[] {
  const kinds = [...tally.kinds].map(([kind, { done, refused }]) => `  ${kind}: ${done} done, ${refused} refused`);
  const stations = [...tally.stations].sort().map(([station, count]) => `${station} (${count})`);
  return [...kinds, `  panels came to ${stations.join(", ")}`];
}
