import { isDeepStrictEqual } from "node:util";
import type fc from "fast-check";
import { type Deed, judge } from "./deeds.ts";
import { seenAt } from "./looks.ts";
import { observe } from "./observe.ts";
import type { Panel } from "./panel.ts";
import type { Look } from "./scripts.ts";
import { perform, type Stage } from "./stage.ts";
import type { Tally } from "./tally.ts";
import { deedsOf, type Wish } from "./wishes.ts";

/** What is played on: the real panel, what came of each kind of deed. */
export interface Play {
  readonly stage: Stage;
  readonly tally: Tally;
}

/** One wish of a script and who looks where afterwards: model and product do it side by side. */
export class Act implements fc.AsyncCommand<Panel, Play> {
  readonly wish: Wish;
  readonly looks: readonly Look[];

  constructor(wish: Wish, looks: readonly Look[]) {
    this.wish = wish;
    this.looks = looks;
  }

  check(): boolean {
    return true;
  }

  async run(panel: Panel, play: Play): Promise<void> {
    for (const deed of deedsOf(panel, this.wish)) await doBoth(panel, play, deed);
    for (const look of this.looks) await compare(panel, play, look);
  }

  toString(): string {
    const { wish, ...details } = this.wish;
    return `${wish} ${JSON.stringify(details)}, then ${this.looks.map(({ who, place }) => `${who} at ${place}`).join(", ")}\n`;
  }
}

/** Refused by both and for the same reason, or done by both. */
export async function doBoth(panel: Panel, { stage, tally }: Play, deed: Deed): Promise<void> {
  const ruling = judge(panel, deed);
  const outcome = await perform(stage, deed);
  const told = `${JSON.stringify(deed)} while ${panel.phase} in round ${panel.rounds.length}`;
  if (outcome.status !== ruling.status) {
    const why = "why" in ruling ? ` (${ruling.why})` : "";
    throw new Error(`${told}: the model says ${ruling.status}${why}, the product ${outcome.status} ${outcome.text}`);
  }
  tally.add(deed.kind, { isDone: "change" in ruling });
  if (!("change" in ruling)) return;
  ruling.change(panel);
  // What people know of a panel, a move is decided on, is what has been announced.
  await stage.server.app.aggregation.drain();
  tally.reached(panel);
  if (ruling.answer === undefined) return;
  const before = stage.answers.get(ruling.answer);
  if (before !== undefined && before !== outcome.text)
    throw new Error(`${told}: the same request was answered ${before} and now ${outcome.text}`);
  stage.answers.set(ruling.answer, outcome.text);
}

export async function compare(panel: Panel, { stage, tally }: Play, look: Look): Promise<void> {
  const seen = await observe(stage, panel, look);
  const expected = seenAt(panel, look.who, look.place);
  tally.looked();
  if (isDeepStrictEqual(seen, expected)) return;
  const told = [`the model shows ${JSON.stringify(expected)}`, `the product shows ${JSON.stringify(seen)}`];
  throw new Error(
    `${look.who} at ${look.place}, while ${panel.phase} in round ${panel.rounds.length}:\n${told.join("\n")}`,
  );
}
