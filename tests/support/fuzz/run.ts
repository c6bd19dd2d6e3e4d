import fc from "fast-check";
import { type Ground, prepareGround } from "./ground.ts";
import { everyKind, type Kind } from "./kinds.ts";
import { type Outcome, type Sent, send } from "./sent.ts";
import { type Figures, startTarget, type Target } from "./target.ts";

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

export interface Failure {
  readonly kind: string;
  readonly number: number;
  readonly what: string;
  readonly sent: Sent;
}

export interface FuzzReport {
  readonly cases: number;
  readonly kinds: number;
  readonly kindsLeft: number;
  readonly statuses: ReadonlyMap<string, number>;
  readonly failures: readonly Failure[];
  readonly faults: readonly string[];
  readonly slowest: Figures["slowest"];
  readonly longestBlockMs: number;
  readonly heapBefore: number;
  readonly heapAfter: number;
  readonly rssAfter: number;
}

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
  const statuses = new Map<string, number>();
  const failures: Failure[] = [];
  const faults: string[] = [];
  let longestBlockMs = 0;
  let cases = 0;
  let done = 0;
  await warmUp(kinds, ground, target, wish);
  const before = await target.figures();
  let last = before;
  for (const kind of kinds) {
    if (performance.now() - began > (wish.mostMs ?? Number.POSITIVE_INFINITY)) break;
    for (let number = wish.first ?? 1; number < (wish.first ?? 1) + wish.casesOfEach; number += 1) {
      const sent = caseOf(kind, wish.seed, number);
      const outcome = await tryOut(ground, target, sent);
      const status = String(outcome.status ?? "none");
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const what = faultOf(outcome, target);
      if (what !== null) failures.push({ kind: kind.name, number, what, sent });
      cases += 1;
      if (target.hasEnded()) return { ...summary(), failures };
    }
    done += 1;
    last = await target.figures();
    faults.push(...last.faults.map((fault) => `${kind.name}: ${fault}`));
    longestBlockMs = Math.max(longestBlockMs, last.longestBlockMs);
    wish.told(`${kind.name}: ${cases} cases so far, ${failures.length} failures, heap ${megabytes(last.heapUsed)} MB`);
  }
  return { ...summary(), failures };

  function summary() {
    return {
      cases,
      kinds: done,
      kindsLeft: kinds.length - done,
      statuses,
      faults,
      slowest: last.slowest,
      longestBlockMs,
      heapBefore: before.heapUsed,
      heapAfter: last.heapUsed,
      rssAfter: last.rss,
    };
  }
}

/** A few cases of each, so that what is made once is not taken for growth. Their numbers are never asked for. */
async function warmUp(kinds: readonly Kind[], ground: Ground, target: Target, { seed }: FuzzWish): Promise<void> {
  for (const kind of kinds) {
    for (let number = -3; number < 0; number += 1) await tryOut(ground, target, caseOf(kind, seed, number));
  }
}

function caseOf({ cases }: Kind, seed: number, number: number): Sent {
  const [sent] = fc.sample(cases, { seed: Math.imul(seed, 2_654_435_761) ^ Math.imul(number, 40_503), numRuns: 1 });
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

export function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
