import { createHash } from "node:crypto";
import fc from "fast-check";
import { type Ground, prepareGround } from "./ground.ts";
import { everyKind, type Kind } from "./kinds.ts";
import { type Outcome, type Sent, send } from "./sent.ts";
import { type FuzzReport, makeTally } from "./tally.ts";
import { startTarget, type Target } from "./target.ts";

export interface FuzzWish {
  readonly databaseUrl: string;
  readonly seed: number;
  /** How many cases of each kind. */
  readonly casesOfEach: number;
  /** The number of the first; a case is the same whenever seed, kind and number are. */
  readonly first?: number;
  /** Only kinds whose name holds this. */
  readonly only?: string;
  /** No more kinds are begun after so long. */
  readonly mostMs?: number;
  told(progress: string): void;
}

const casesInOneTurn = 10;

/** Sends made-up cases of every kind to the product, one at a time, and tells what it did not bear. */
export async function fuzz(wish: FuzzWish): Promise<FuzzReport> {
  const ground = await prepareGround(wish.databaseUrl);
  const target = await startTarget(wish.databaseUrl);
  try {
    return await play(wish, ground, target);
  } finally {
    await target.stop();
    await ground.stop();
  }
}

async function play(wish: FuzzWish, ground: Ground, target: Target): Promise<FuzzReport> {
  const began = performance.now();
  const all = await everyKind(ground, target.url);
  const kinds = all.filter(({ name }) => name.includes(wish.only ?? ""));
  await warmUp(kinds, ground, target, wish);
  const { heapUsed: heapBefore } = await target.figures({ tidy: true });
  const tally = makeTally(kinds.length);
  const [first, end] = [wish.first ?? 1, (wish.first ?? 1) + wish.casesOfEach];
  // All kinds again and again, a few cases at a time: however early it is over, each has had its turn.
  for (let from = first; from < end; from += casesInOneTurn) {
    for (const kind of kinds) {
      if (target.hasEnded() || performance.now() - began > (wish.mostMs ?? Number.POSITIVE_INFINITY)) break;
      for (let number = from; number < Math.min(end, from + casesInOneTurn) && !target.hasEnded(); number += 1) {
        const sent = caseOf(kind, wish.seed, number);
        const outcome = await tryOut(ground, target, sent);
        const what = faultOf(outcome, target);
        tally.note({ kind: kind.name, number, sent, what, status: String(outcome.status ?? "none") });
      }
      if (!target.hasEnded()) tally.measured(kind.name, await target.figures({ tidy: false }));
    }
    if (!target.hasEnded()) tally.measured("end of turn", await target.figures({ tidy: true }));
    wish.told(tally.inWords());
  }
  return tally.report({ heapBefore });
}

/** A few cases of each, so that what is made once is not taken for growth. Their numbers are never asked for. */
async function warmUp(kinds: readonly Kind[], ground: Ground, target: Target, { seed }: FuzzWish): Promise<void> {
  for (const kind of kinds) {
    for (let number = -3; number < 0; number += 1) await tryOut(ground, target, caseOf(kind, seed, number));
  }
}

function caseOf({ name, cases }: Kind, seed: number, number: number): Sent {
  const salt = createHash("sha256").update(`${seed} ${name} ${number}`).digest().readInt32BE();
  const [sent] = fc.sample(cases, { seed: salt, numRuns: 1 });
  if (!sent) throw new Error("no case was made");
  return sent;
}

async function tryOut(ground: Ground, target: Target, sent: Sent): Promise<Outcome> {
  try {
    return await send(ground, target.url, sent);
  } catch (error) {
    return { status: 599, text: String(error) };
  }
}

function faultOf({ status, text }: Outcome, target: Target): string | null {
  if (target.hasEnded()) return `the server ended: ${target.printed().slice(-2_000)}`;
  if (status !== null && status >= 500) return `${status}: ${text.slice(0, 300)}\n${target.printed().slice(-1_500)}`;
  return null;
}
