import { type Config, readConfig } from "./config.ts";
import type { Running } from "./start.ts";

/**
 * Runs until the first SIGINT or SIGTERM, then stops in good order; a second signal ends at once. What keeps it from
 * starting is told in one sentence.
 */
export async function untilSignal(startWith: (config: Config) => Promise<Running>): Promise<void> {
  try {
    stopOnSignal(await startWith(readConfig()));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

function stopOnSignal(running: Running): void {
  let isStopping = false;
  const onSignal = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    process.stdout.write("Stopping; a second signal ends at once.\n");
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        running.app.log.error({ err: error }, "stopping failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
}
