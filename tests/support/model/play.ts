import fc from "fast-check";
import { rebuildConsensus } from "#server/aggregation/rebuild.ts";
import { verifyBundle } from "#server/reports/verify-bundle.ts";
import { done } from "#tests/support/panels.ts";
import type { TestServer } from "#tests/support/server.ts";
import { Act, compare, doBoth, type Play } from "./act.ts";
import type { Deed } from "./deeds.ts";
import type { Place } from "./looks.ts";
import { cast, membersOf, newPanel, type Panel, seatOf, type Who } from "./panel.ts";
import { looks, type Start, starts, wish } from "./scripts.ts";
import { build, hire, personIn, type Stage, type Troupe } from "./stage.ts";
import type { Tally } from "./tally.ts";
import { type PresetName, presets } from "./terms.ts";
import { onwards, tour } from "./tour.ts";
import { deedsOf, type Wish } from "./wishes.ts";

export interface Asked {
  readonly server: TestServer;
  readonly preset: PresetName;
  readonly runs: number;
  /** At most so many wishes in one script. */
  readonly commands: number;
  readonly seed: number;
  /** Of a failure that is to be seen again. */
  readonly path?: string;
  readonly replayPath?: string;
  readonly tally: Tally;
}

/**
 * Random scripts on panels of one preset, each on a panel of its own: after every deed model and product agree on its
 * answer, and on what people see; at the end everybody looks around, and the record holds.
 *
 * @returns what disagrees and how to see it again, or `null`
 */
export async function play(asked: Asked): Promise<string | null> {
  const troupe = await hire(asked.server);
  const script = fc.commands([fc.tuple(wish, looks).map(([what, after]) => new Act(what, after))], {
    maxCommands: asked.commands,
    size: "max",
    ...(asked.replayPath === undefined ? {} : { replayPath: asked.replayPath }),
  });
  const property = fc.asyncProperty(fc.constantFrom(...starts), script, async (start, acts) => {
    const { panel, played } = await onNewPanel(asked, troupe);
    await begin(panel, played, start);
    await fc.asyncModelRun(() => ({ model: panel, real: played }), acts);
    await finish(panel, played);
  });
  const { seed, runs: numRuns, path } = asked;
  const details = await fc.check(property, { seed, numRuns, unbiased: true, ...(path === undefined ? {} : { path }) });
  return details.failed ? inWords(asked, details) : null;
}

async function inWords<Script extends [unknown, unknown]>(
  asked: Asked,
  details: fc.RunDetails<Script>,
): Promise<string> {
  const { errorInstance, seed, counterexamplePath } = details;
  const report = (await fc.asyncDefaultReportMessage(details)) ?? "";
  const script = /replayPath="([^"]*)"/.exec(report)?.[1] ?? "";
  const again = `--preset ${asked.preset} --seed ${seed} --path "${counterexamplePath}" --replay "${script}"`;
  return [
    errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
    report,
    `See it again: npm run prove -- phase-rules --commands ${asked.commands} ${again}`,
  ].join("\n\n");
}

/** A round trip that leaves nothing out, however the random scripts fall. */
export async function playTour(asked: Pick<Asked, "server" | "preset" | "tally">): Promise<void> {
  const { panel, played } = await onNewPanel(asked, await hire(asked.server));
  await begin(panel, played, "in draft");
  for (const step of tour) await ("wish" in step ? wishFor(panel, played, step) : compare(panel, played, step));
  await finish(panel, played);
}

async function onNewPanel({ server, preset, tally }: Pick<Asked, "server" | "preset" | "tally">, troupe: Troupe) {
  const terms = presets[preset];
  return { panel: newPanel(terms), played: { stage: await build(server, troupe, terms), tally } };
}

/** People join in draft; a script may find the panel further on. */
async function begin(panel: Panel, played: Play, start: Start): Promise<void> {
  const reviewers: Who[] = panel.terms.identity === "anonymous" ? ["r1", "r2", "r3", "r4", "r5"] : ["r1", "r2", "r3"];
  for (const who of [...reviewers, "obs"] as const) {
    const role = who === "obs" ? "observer" : "reviewer";
    await doBoth(panel, played, { kind: "invite", by: "fay", role, scores: false });
    await doBoth(panel, played, { kind: "join", by: who, invitation: panel.invitations.length - 1 });
  }
  if (start === "in draft") return;
  await wishFor(panel, played, onwards);
  if (start === "scoring") return;
  for (const [index, by] of reviewers.entries())
    await wishFor(panel, played, { wish: "hand in", by, value: (index % 3) - 1, odd: index === 2 ? "abstain" : null });
  for (let step = 0; step < 3; step += 1) await wishFor(panel, played, onwards);
}

async function wishFor(panel: Panel, played: Play, what: Wish): Promise<void> {
  const deeds: Deed[] = deedsOf(panel, what);
  for (const deed of deeds) await doBoth(panel, played, deed);
}

const lastPlaces: readonly Place[] = ["panel", "board", "consensus", "roster", "sheet", "points", "log", "P1/C1"];
const outside: readonly Place[] = ["panel"];

/** Everybody looks around once more; the stored consensus is the one that the scores make; what is taken home can be verified. */
async function finish(panel: Panel, played: Play): Promise<void> {
  const { stage } = played;
  const { app } = stage.server;
  await app.aggregation.drain();
  for (const who of cast)
    for (const place of seatOf(panel, who) ? lastPlaces : outside) await compare(panel, played, { who, place });
  expectNothing("pending", await app.aggregation.drain());
  const { differences } = await rebuildConsensus(app, stage.panelId);
  expectNothing("rebuilt otherwise than stored", differences.length);
  await verifyFor(stage, facilitatorOf(panel));
}

async function verifyFor(stage: Stage, who: Who): Promise<void> {
  const answer = await personIn(stage.troupe, who).call("GET", `/panels/${stage.panelId}/export?format=json`);
  const wrong = verifyBundle(done(answer, 200)).filter(({ outcome }) => outcome === "differs");
  expectNothing(`wrong in what ${who} takes home: ${wrong.map(({ name }) => name).join(", ")}`, wrong.length);
}

function facilitatorOf(panel: Panel): Who {
  return membersOf(panel).find((who) => seatOf(panel, who)?.role === "facilitator") ?? "fay";
}

function expectNothing(what: string, count: number): void {
  if (count > 0) throw new Error(`${count} ${what}`);
}
