import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of Concord's own package.json, found alike from the source tree and from the bundle in build/. */
export function projectRoot(from = dirname(fileURLToPath(import.meta.url))): string {
  if (isConcordsManifest(join(from, "package.json"))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error("Concord's package.json was not found above its own code.");
  return projectRoot(parent);
}

function isConcordsManifest(path: string): boolean {
  if (!existsSync(path)) return false;
  const manifest: unknown = JSON.parse(readFileSync(path, "utf8"));
  return typeof manifest === "object" && manifest !== null && "name" in manifest && manifest.name === "concord";
}
