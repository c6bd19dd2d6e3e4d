import type { ServerBuild } from "@remix-run/node";
import { listMail } from "#db/outbox.ts";
import { listSessions } from "#db/sessions.ts";
import { cellKey } from "#rubric/rubric.ts";
import { moveRound } from "#server/commands/move-round.ts";
import { recordScore } from "#server/commands/record-score.ts";
import { removeMember } from "#server/commands/remove-member.ts";
import { reopenSubmission } from "#server/commands/reopen-submission.ts";
import { submitRound } from "#server/commands/submit-round.ts";
import { readSheet } from "#server/queries/read-sheet.ts";
import { readVersion } from "#server/queries/read-version.ts";
import { type Draw, drawFrom } from "./draw.ts";
import { type Listener, listenIn } from "./frames.ts";
import type { Part, Plan } from "./plan.ts";
import { sealsIn, sealsOf } from "./seals.ts";
import { type Save, type Step, stepsOf } from "./steps.ts";
import { gather, requirePart, type Troupe } from "./troupe.ts";
import { chosenFrom, everythingAbout, look, type Request, type Sighting, withoutChance } from "./watch.ts";
import { askWitnesses } from "./witnesses.ts";
import type { World } from "./world.ts";

/** All that came of a story. */
export interface Transcript {
  /** What its viewer got, in order. */
  readonly seen: readonly Sighting[];
  /** What others were told who may know more, by who and when. */
  readonly witnessed: ReadonlyMap<string, string>;
  /** What may differ in files and in the chain, where its place may not. */
  readonly seals: ReadonlySet<string>;
  /** The place in what was seen from which on that is so: the first reveal. */
  readonly sealedFrom: number;
  /** What each member's id stands for. */
  readonly nameOf: ReadonlyMap<string, string>;
}

export interface Watching {
  readonly build: ServerBuild;
  /** How many in a hundred of all requests are sent at each look around. */
  readonly percent: number;
  /** The authors whose doings differ between the worlds: they are asked what they saw of it. */
  readonly authors: readonly Part[];
}

/** Plays a story in a world, and writes down everything its viewer can get to know. */
export async function perform(world: World, plan: Plan, watching: Watching): Promise<Transcript> {
  await world.setTime(0);
  const troupe = await gather(world, plan);
  const steps = stepsOf(plan);
  const stage = new Stage({ world, plan, troupe, watching, looks: looksIn(steps, drawFrom(`${plan.seed}/looks`)) });
  try {
    await stage.listen();
    for (const [index, step] of steps.entries()) await stage.play(step, index);
    return await stage.finish();
  } finally {
    stage.close();
  }
}

/** A look around at two moments, and at the end. */
function looksIn(steps: readonly Step[], draw: Draw): ReadonlySet<number> {
  return new Set([draw.below(steps.length), draw.below(steps.length), steps.length - 1]);
}

const atTheEnd = "at the end";

interface Setting {
  readonly world: World;
  readonly plan: Plan;
  readonly troupe: Troupe;
  readonly watching: Watching;
  readonly looks: ReadonlySet<number>;
}

class Stage {
  private readonly setting: Setting;
  private readonly seen: Sighting[] = [];
  private readonly witnessed = new Map<string, string>();
  /** By who, where and in which round: the version last saved. */
  private readonly versions = new Map<string, number>();
  private readonly listeners: Listener[] = [];
  private own: Listener | null = null;
  private isViewerHere = false;
  private framesBeforeRemoval = Number.POSITIVE_INFINITY;
  private sealedFrom = Number.POSITIVE_INFINITY;
  private round = 0;

  constructor(setting: Setting) {
    this.setting = setting;
  }

  /** The viewer listens from the beginning or from joining on, and tries to where it may not. */
  async listen(): Promise<void> {
    const { world, plan, troupe } = this.setting;
    const { own } = { own: await listenIn(world, this.viewer()) };
    this.own = own;
    this.listeners.push(own);
    this.isViewerHere = troupe.members.has(plan.viewer);
    this.note("joining the room", JSON.stringify(await own.join(troupe.panelId)));
    if (this.isViewerHere) return;
    const pace = await listenIn(world, this.person("chair"));
    this.listeners.push(pace);
    await pace.join(troupe.panelId);
  }

  async play({ saves, act }: Step, index: number): Promise<void> {
    const { world, plan } = this.setting;
    const at = 600 * (index + 1);
    if (act.does === "move" && act.to === "discussion") await this.ask(`before the reveal of round ${this.round}`);
    for (const [place, save] of saves.entries()) {
      await world.setTime(at - 60 * save.minutes);
      world.fate.during(`${plan.seed} save ${index} ${place}`);
      await this.save(save, index);
    }
    await world.setTime(at);
    await this.stayAtWork();
    world.fate.during(`${plan.seed} act ${index}`);
    await this.act(act, index);
    await world.app.aggregation.drain();
    await this.hearIt();
    await this.watch(index);
  }

  /** A story takes longer than the hour after which the session of somebody idle ends. */
  private async stayAtWork(): Promise<void> {
    const { accounts } = this.setting.world.app;
    for (const { cookie } of [this.viewer(), this.person("chair")])
      if (!(await accounts.identify({ cookie, authorization: undefined, isAct: true })))
        throw new Error("A session ended in the middle of the story.");
  }

  async finish(): Promise<Transcript> {
    const { world, troupe, plan } = this.setting;
    await this.ask(atTheEnd);
    // Whatever was sent before this answer has come.
    this.note("leaving the room", JSON.stringify(await this.own?.join("no panel")));
    this.note("frames", this.sureFrames().join("\n"));
    const mails = await listMail(world.app.database.pool, 1000);
    const { email } = this.viewer();
    this.note("mails", withoutChance(JSON.stringify(mails.filter(({ recipient }) => recipient === email))));
    const named = [...troupe.members].map(([part, member]) => [member.memberId, plan.names[part] ?? part] as const);
    const seals = await sealsOf(world, troupe.panelId, plan.rounds.length);
    return {
      seen: await this.withoutSessionNames(),
      witnessed: this.witnessed,
      seals: new Set([...seals, ...this.seen.flatMap(({ text }) => sealsIn(text))]),
      sealedFrom: this.sealedFrom,
      nameOf: new Map(named),
    };
  }

  /** The names by which their owner knows sessions are the database's own chance. */
  private async withoutSessionNames(): Promise<Sighting[]> {
    const sessions = await listSessions(this.setting.world.app.database.pool, this.viewer().userId);
    const placed = (text: string) =>
      sessions.reduce((left, { sessionId }, place) => left.replaceAll(sessionId, `session ${place}`), text);
    return this.seen.map(({ label, text }) => ({ label, text: placed(text) }));
  }

  close(): void {
    for (const listener of this.listeners) listener.close();
  }

  private async save({ who, cell, answer, minutes }: Save, index: number): Promise<void> {
    const { world, plan, troupe } = this.setting;
    const key = `${this.round} ${who} ${cellKey(cell)}`;
    const input = { ...answer, version: this.versions.get(key) ?? 0 };
    this.versions.set(key, input.version + 1);
    if (who === plan.viewer) {
      const path = `/api/v1/panels/${troupe.panelId}/scores/${cell.policyId}/${cell.criterionId}`;
      await this.see({ label: `own save at step ${index}`, method: "PUT", path, body: input });
      return;
    }
    const author = requirePart(troupe.members, who);
    await recordScore(world.app, author, { ...cell, input });
    // What a reopened sheet replaces is to be seen now or never.
    if (minutes > 1 || this.setting.watching.authors.includes(who))
      this.witness(`${author.name}'s drafts`, JSON.stringify(await readSheet(world.app, author)));
  }

  private async act(act: Step["act"], index: number): Promise<void> {
    const { world, plan, troupe } = this.setting;
    const chair = requirePart(troupe.members, "chair");
    switch (act.does) {
      case "move": {
        const { version } = await readVersion(world.app, chair);
        await moveRound(world.app, chair, {
          to: act.to,
          expectedVersion: version,
          ...(act.cells ? { cells: act.cells } : {}),
        });
        if (act.to === "discussion") await this.reveal();
        if (act.to === "scoring" || act.to === "next-round") await this.begin();
        return;
      }
      case "submit":
        if (act.who !== plan.viewer) {
          await submitRound(world.app, requirePart(troupe.members, act.who));
          return;
        }
        await this.see({
          label: `own submission at step ${index}`,
          method: "POST",
          path: `/api/v1/panels/${troupe.panelId}/submission`,
          body: {},
        });
        return;
      case "reopen": {
        const { memberId } = requirePart(troupe.members, act.who);
        return reopenSubmission(world.app, chair, { memberId, reason: "On request." });
      }
      case "join":
        await troupe.join(act.who);
        if (act.who !== plan.viewer) return;
        this.isViewerHere = true;
        await this.own?.join(troupe.panelId);
        return;
      case "remove": {
        if (act.who === plan.viewer) {
          this.isViewerHere = false;
          this.framesBeforeRemoval = this.own?.frames.length ?? 0;
        }
        await removeMember(world.app, chair, requirePart(troupe.members, act.who));
        return;
      }
      case "nothing":
        return;
    }
  }

  private async reveal(): Promise<void> {
    const { world, troupe } = this.setting;
    this.sealedFrom = Math.min(this.sealedFrom, this.seen.length);
    // How far the figures have come is a matter of time.
    await world.app.analyst.prepare({ panelId: troupe.panelId, round: this.round });
  }

  /** A recusal opens as a draft of the next round. */
  private async begin(): Promise<void> {
    const { world, troupe } = this.setting;
    this.round += 1;
    if (this.round === 1) return;
    for (const [who, member] of troupe.members) {
      for (const { version, ...cell } of (await readSheet(world.app, member)).scores)
        this.versions.set(`${this.round} ${who} ${cellKey(cell)}`, version);
    }
  }

  /** Waits for the announcement, so that each act is announced by itself. */
  private async hearIt(): Promise<void> {
    const { world, troupe } = this.setting;
    const { version } = await readVersion(world.app, requirePart(troupe.members, "chair"));
    const ear = this.isViewerHere ? this.own : this.listeners[1];
    await (ear ? ear.heard(`"version":${version}`) : this.own?.heard("panel:gone"));
  }

  private async watch(index: number): Promise<void> {
    const { plan, troupe, watching, looks } = this.setting;
    await this.see({ label: `board at step ${index}`, method: "GET", path: `/api/v1/panels/${troupe.panelId}/board` });
    if (!looks.has(index)) return;
    const cells = plan.rounds[this.round - 1]?.cells ?? [];
    const requests = everythingAbout(watching.build, { panelId: troupe.panelId, cells });
    const chosen = chosenFrom(requests, drawFrom(`${plan.seed}/look/${index}`), watching.percent);
    for (const request of chosen) await this.see({ ...request, label: `${request.label} at step ${index}` });
  }

  private async see(request: Request): Promise<void> {
    const { world, plan } = this.setting;
    world.fate.during(`${plan.seed} sight ${this.seen.length}`);
    this.seen.push(await look(world, this.viewer(), request));
  }

  private async ask(when: string): Promise<void> {
    const { world, plan, troupe, watching } = this.setting;
    const asked = { plan, members: troupe.members, authors: watching.authors, isEnd: when === atTheEnd };
    for (const [who, told] of await askWitnesses(world.app, asked)) this.witness(`${who} ${when}`, told);
  }

  private witness(who: string, told: string): void {
    this.witnessed.set(who, (this.witnessed.get(who) ?? "") + told);
  }

  /**
   * Left out is what is a matter of time: on which side of one's own removal its announcement comes, and whether the
   * announcement of a version that joining has told already comes after all.
   */
  private sureFrames(): string[] {
    const frames = this.own?.frames ?? [];
    const joined = frames.flatMap((frame) => [...frame.matchAll(/"ok":true,"version":(\d+)/g)].map(([, told]) => told));
    const isDoubtful = (frame: string, place: number) =>
      place === this.framesBeforeRemoval ||
      place === this.framesBeforeRemoval + 1 ||
      joined.some((version) => frame.includes(`"version":${version}}`));
    return frames.filter((frame, place) => !(frame.includes('"panel:changed"') && isDoubtful(frame, place)));
  }

  private note(label: string, text: string): void {
    this.seen.push({ label, text });
  }

  private viewer() {
    return this.person(this.setting.plan.viewer);
  }

  private person(part: string) {
    const person = this.setting.troupe.people.get(part);
    if (!person) throw new Error(`nobody plays ${part}`);
    return person;
  }
}
