import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { projectRoot } from "#db/project-root.ts";
import { start } from "./start.ts";
import { untilSignal } from "./until-signal.ts";
import { welcome } from "./welcome.ts";

await untilSignal(async (config) => {
  const build = await loadBuild();
  const running = await start(config, async () => ({ build: async () => build }));
  await welcome(running.app);
  return running;
});

async function loadBuild(): Promise<ServerBuild> {
  const file = join(projectRoot(), "build/server/index.js");
  if (!existsSync(file)) throw new Error("The pages are not built: run npm start, or npm run build.");
  return import(/* @vite-ignore */ pathToFileURL(file).href);
}
