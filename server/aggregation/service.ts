import type { Logger } from "pino";
import type { Database } from "#db/open.ts";
import { readLag } from "#db/pending.ts";
import { drainOnce } from "./drain.ts";

/** The aggregation service of one node: drains what is pending, soon after an act and once a second for orphans. */
export interface Aggregation {
  /** Something may be pending. The first wake drains at once; those within the next 50 ms share one drain. */
  wake(): void;
  /** Drains until nothing is left; answers how many pending rows were taken. */
  drain(): Promise<number>;
  /** Seconds the oldest pending row has waited. */
  lagSeconds(): Promise<number>;
  start(): void;
  stop(): Promise<void>;
}

const coalesceMs = 50;
const lookAgainMs = 1000;

export function makeAggregation(database: Database, log: Logger): Aggregation {
  let last: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let orphanTimer: NodeJS.Timeout | null = null;
  let restsUntil = 0;
  let hasStopped = false;

  /** One drain at a time on this node, so that whoever waits for one sees everything pending before it. */
  function drain(): Promise<number> {
    const mine = last.then(() => drainAll(database));
    last = mine.catch(() => {});
    return mine;
  }

  function wake(): void {
    if (hasStopped || timer !== null) return;
    const rest = restsUntil - performance.now();
    if (rest <= 0) run();
    else timer = setTimeout(run, rest);
  }

  function run(): void {
    timer = null;
    restsUntil = performance.now() + coalesceMs;
    // The rows stay pending; the next look tries again, and readiness reports the lag.
    drain().catch((error: unknown) => log.error({ err: error }, "a drain failed and will be tried again"));
  }

  return {
    wake,
    drain,
    lagSeconds: () => readLag(database.pool),
    start() {
      orphanTimer = setInterval(wake, lookAgainMs);
    },
    async stop() {
      hasStopped = true;
      if (timer !== null) clearTimeout(timer);
      if (orphanTimer !== null) clearInterval(orphanTimer);
      await last;
    },
  };
}

async function drainAll(database: Database): Promise<number> {
  let taken = 0;
  for (let more = await drainOnce(database); more > 0; more = await drainOnce(database)) taken += more;
  return taken;
}
