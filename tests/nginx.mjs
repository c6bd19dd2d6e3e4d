import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { tryToRun } from "../server/set-up-step.mjs";

/** Where Debian's is unpacked: an installed one would start serving this machine. */
const unpacked = join(import.meta.dirname, "../node_modules/.cache/nginx");

/** @returns {string | undefined} the nginx that is here and starts */
export function findNginx() {
  const places = ["nginx", "/usr/sbin/nginx", join(unpacked, "usr/sbin/nginx")];
  return places.find((program) => spawnSync(program, ["-v"], { timeout: 20_000 }).status === 0);
}

export async function fetchNginx() {
  if (!existsSync("/usr/bin/apt-get")) return;
  mkdirSync(unpacked, { recursive: true });
  const unpack =
    "{ apt-get download -qq nginx || { apt-get update -qq && apt-get download -qq nginx; }; } && dpkg -x nginx_*.deb .";
  await tryToRun("Fetching Debian's nginx", { command: "sh", args: ["-c", unpack], cwd: unpacked });
}
