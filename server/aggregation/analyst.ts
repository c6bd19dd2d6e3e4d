import type { Worker } from "node:worker_threads";
import type { RoundKey } from "#db/consensus.ts";
import type { Database } from "#db/open.ts";
import { hasRoundFigures } from "#db/round-figures.ts";
import { methodName } from "#rubric/reconcile.ts";

/** Has the figures of revealed rounds computed by another thread, once each. */
export interface Analyst {
  /**
   * Resolves once the figures of a round are stored.
   *
   * @returns false if no such round is revealed
   * @throws Error if they cannot be computed, or the server stops
   */
  prepare(at: RoundKey): Promise<boolean>;
  /** How far a round's figures are, while they are being computed on this node. */
  progressOf(at: RoundKey): StepsDone | null;
  /** Gives up what is under way; it is done again when somebody asks. */
  stop(): Promise<void>;
}

interface StepsDone {
  readonly done: number;
  readonly of: number;
}

export type ToThread = RoundKey & { readonly job: number };
export type FromThread = { readonly job: number } & (
  | ({ readonly kind: "step" } & StepsDone)
  | { readonly kind: "done"; readonly isRevealed: boolean }
  | { readonly kind: "failed"; readonly error: Error }
);

/** Starts the thread; it is handed the database's address as `workerData`. */
export type StartThread = (workerData: { readonly databaseUrl: string }) => Worker;

interface Job {
  readonly result: Promise<boolean>;
  steps: StepsDone;
}

interface Waiting {
  readonly key: string;
  resolve(isRevealed: boolean): void;
  reject(error: Error): void;
}

export function makeAnalyst(database: Database, thread: { databaseUrl: string; start: StartThread }): Analyst {
  const jobs = new Map<string, Job>();
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let count = 0;

  function begin(at: RoundKey): Job {
    count += 1;
    const [job, key] = [count, keyOf(at)];
    const result = new Promise<boolean>((resolve, reject) => waiting.set(job, { key, resolve, reject }));
    const begun = { result, steps: { done: 0, of: 1 } };
    jobs.set(key, begun);
    running().postMessage({ job, panelId: at.panelId, round: at.round } satisfies ToThread);
    return begun;
  }

  function running(): Worker {
    if (worker !== null) return worker;
    const started = thread.start({ databaseUrl: thread.databaseUrl });
    // An idle thread keeps no process alive.
    started.unref();
    started.on("message", heard);
    started.on("error", giveUp);
    started.on("exit", () => giveUp(new Error("The thread that computes figures has ended.")));
    worker = started;
    return started;
  }

  function heard(message: FromThread): void {
    const waits = waiting.get(message.job);
    if (waits === undefined) return;
    const job = jobs.get(waits.key);
    if (message.kind === "step") {
      if (job) job.steps = { done: message.done, of: message.of };
      return;
    }
    waiting.delete(message.job);
    jobs.delete(waits.key);
    if (message.kind === "done") waits.resolve(message.isRevealed);
    else waits.reject(message.error);
  }

  function giveUp(error: Error): void {
    worker = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    jobs.clear();
  }

  return {
    async prepare(at) {
      if (await hasRoundFigures(database.pool, { ...at, method: methodName })) return true;
      return (jobs.get(keyOf(at)) ?? begin(at)).result;
    },
    progressOf: (at) => jobs.get(keyOf(at))?.steps ?? null,
    async stop() {
      await worker?.terminate();
    },
  };
}

function keyOf({ panelId, round }: RoundKey): string {
  return `${panelId}/${round}`;
}
