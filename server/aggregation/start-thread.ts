import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { StartThread } from "./analyst.ts";

const built = join(import.meta.dirname, "analysis-thread.js");
const source = join(import.meta.dirname, "analysis-thread.ts");

/** From the build; where the sources run by themselves, as in development and tests, they are translated on the way. */
export const startThread: StartThread = (workerData) => {
  if (existsSync(built)) return new Worker(built, { workerData });
  const file = JSON.stringify(pathToFileURL(source).href);
  return new Worker(`import("tsx/esm/api").then(({ tsImport }) => tsImport(${file}, ${file}))`, {
    eval: true,
    workerData,
  });
};
