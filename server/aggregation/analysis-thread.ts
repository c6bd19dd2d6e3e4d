import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { openDatabase } from "#db/open.ts";
import type { FromThread, ToThread } from "./analyst.ts";
import { prepareRound } from "./prepare-round.ts";

/** The thread that computes figures, so that the one that answers people never waits for them. One round at a time. */
const { databaseUrl } = z.object({ databaseUrl: z.string() }).parse(workerData);
const database = openDatabase(databaseUrl, { connections: 1 });
let last: Promise<unknown> = Promise.resolve();

parentPort?.on("message", (order: ToThread) => {
  last = last.then(() => work(order));
});

async function work({ job, panelId, round }: ToThread): Promise<void> {
  try {
    const onStep = (done: number, of: number) => say({ job, kind: "step", done, of });
    const figures = await prepareRound(database, { panelId, round }, onStep);
    say({ job, kind: "done", isRevealed: figures !== null });
  } catch (error) {
    say({ job, kind: "failed", error: error instanceof Error ? error : new Error(String(error)) });
  }
}

function say(message: FromThread): void {
  parentPort?.postMessage(message);
}
