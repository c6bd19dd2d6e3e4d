import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { root, tryToBuild } from "#server/set-up.mjs";

/** The pages as people get them; built first, if the sources have changed since. */
export async function builtPages(): Promise<ServerBuild> {
  // React draws several times as slowly while it looks for faults of its users.
  process.env.NODE_ENV = "production";
  if (!(await tryToBuild())) throw new Error("The pages could not be built.");
  return import(/* @vite-ignore */ pathToFileURL(join(root, "build/server/index.js")).href);
}
