// What `npm start`, `npm test` and `npm run concord` need before anything else runs: the locked packages and a build of
// these sources. It runs before anything is installed, so it knows Node alone.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { mustRun, say, tryToRun } from "./set-up-step.mjs";
import { takingTurns } from "./set-up-turn.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));

// Outside build/ and node_modules/, which the steps themselves empty.
const turn = join(root, ".set-up-turn");
const stampFile = join(root, "build/sources.sha256");

export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(`Concord needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}

export async function install() {
  if (isInstalled()) return;
  await takingTurns(turn, async () => {
    if (isInstalled()) return;
    // Named, because NODE_ENV=production would leave out what the build itself needs.
    const options = ["--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
    await mustRun("Installing the locked dependencies", { command: "npm", args: ["ci", ...options], cwd: root });
  });
}

export async function build() {
  if (!(await tryToBuild())) process.exit(1);
}

/** @returns {Promise<boolean>} */
export async function tryToBuild() {
  return isBuilt() || takingTurns(turn, async () => isBuilt() || buildNow());
}

async function buildNow() {
  // Of what stood there before: a source that changes meanwhile makes the build stale.
  const sources = fingerprint();
  rmSync(stampFile, { force: true });
  const step = { command: "npm", args: ["run", "build", "--silent"], cwd: root, env: { NODE_ENV: "production" } };
  const isDone = await tryToRun("Building", step);
  if (isDone) writeFileSync(stampFile, sources);
  return isDone;
}

/** Compared with npm's own note of what it installed: dates say nothing after a checkout or a copy. */
function isInstalled() {
  const note = join(root, "node_modules/.package-lock.json");
  if (!existsSync(note)) return false;
  const installed = packagesOf(note);
  const locked = Object.entries(packagesOf(join(root, "package-lock.json")));
  return locked.every(([path, wanted]) => {
    const found = installed[path];
    return path === "" || (found ? found.version === wanted.version : wanted.optional === true);
  });
}

/**
 * @param {string} lockFile
 * @returns {Record<string, {version?: string, optional?: boolean}>}
 */
function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, "utf8")).packages;
}

function isBuilt() {
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === fingerprint();
}

/** Of the content, so that switching branches to and fro, or copying the folder, builds nothing again. */
function fingerprint() {
  const folders = ["app", "db", "rubric", "server"];
  const files = ["package.json", "package-lock.json", "remix.config.js", ...folders.flatMap(filesIn)];
  const hash = createHash("sha256");
  for (const file of files.sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  return hash.digest("hex");
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}
