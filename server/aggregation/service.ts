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
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let orphanTimer: NodeJS.Timeout | null = null;
  let restsUntil = 0;
  let hasStopped = false;

  async function drainAll(): Promise<number> {
    let taken = 0;
    for (let more = await drainOnce(database); more > 0; more = await drainOnce(database)) taken += more;
    return taken;
  }

  function wake(): void {
    if (hasStopped || timer !== null) return;
    timer = setTimeout(run, Math.max(0, restsUntil - performance.now()));
  }

  function run(): void {
    timer = null;
    if (running !== null) {
      restsUntil = performance.now() + coalesceMs;
      wake();
      return;
    }
    restsUntil = performance.now() + coalesceMs;
    running = drainAll()
      .then(() => {})
      // The rows stay pending; the next look tries again, and readiness reports the lag.
      .catch((error: unknown) => log.error({ err: error }, "a drain failed and will be tried again"))
      .finally(() => {
        running = null;
      });
  }

  return {
    wake,
    async drain() {
      await running;
      return drainAll();
    },
    lagSeconds: () => readLag(database.pool),
    start() {
      orphanTimer = setInterval(wake, lookAgainMs);
    },
    async stop() {
      hasStopped = true;
      if (timer !== null) clearTimeout(timer);
      if (orphanTimer !== null) clearInterval(orphanTimer);
      await running;
    },
  };
}
