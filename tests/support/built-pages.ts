import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ServerBuild } from "@remix-run/node";

const file = fileURLToPath(new URL("../../build/server/index.js", import.meta.url));

/** The pages as they are delivered: `npm run build` made them, and `npm test` does so before these tests. */
export async function builtPages(): Promise<ServerBuild> {
  if (!existsSync(file)) throw new Error("The pages are not built: run npm run build first.");
  return import(/* @vite-ignore */ file);
}
