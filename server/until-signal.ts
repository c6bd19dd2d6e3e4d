import { type Config, readConfig } from "./config.ts";
import type { Running } from "./start.ts";

/**
 * Runs until the first SIGINT or SIGTERM, then stops in good order; a second signal ends at once. A signal that comes
 * while it is starting waits for the start, which would otherwise leave a database running. What keeps it from starting
 * is told in one sentence.
 */
export async function untilSignal(startWith: (config: Config) => Promise<Running>): Promise<void> {
  const signalled = firstSignal();
  try {
    const running = await startWith(readConfig());
    void signalled.then(() => stop(running));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/** A terminal's Ctrl+C reaches a program directly and once more through npm: that is one wish, not two. */
const sameWishMs = 500;

function firstSignal(): Promise<void> {
  let askedAt: number | null = null;
  return new Promise((resolve) => {
    const onSignal = () => {
      if (askedAt !== null && performance.now() - askedAt > sameWishMs) process.exit(1);
      if (askedAt !== null) return;
      askedAt = performance.now();
      process.stdout.write("Stopping; a second signal ends at once.\n");
      resolve();
    };
    process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  });
}

async function stop(running: Running): Promise<void> {
  try {
    await running.stop();
    process.exit(0);
  } catch (error) {
    running.app.log.error({ err: error }, "stopping failed");
    process.exit(1);
  }
}
