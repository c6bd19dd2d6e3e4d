import type { Application } from "#server/application.ts";
import { readConfig } from "#server/config.ts";
import { createApplication } from "#server/create-application.ts";
import { openStore } from "#server/open-store.ts";
import type { Shell } from "./shell.ts";

/**
 * Does a command's work on this installation's database: beside the server that runs, or alone. Standard output belongs
 * to the command's answer, so nothing is logged.
 */
export async function withApplication<Result>(
  shell: Shell,
  work: (app: Application) => Promise<Result>,
): Promise<Result> {
  const config = { ...readConfig(shell.environment), logLevel: "silent" } as const;
  const store = await openStore(config);
  try {
    const app = createApplication({ config, databaseUrl: store.url });
    return await work(app).finally(() => app.close());
  } finally {
    await store.stop();
  }
}
