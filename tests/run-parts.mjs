import { tryToBuild } from "../server/set-up.mjs";
import { fetchChromium, findChromium } from "./chromium.mjs";
import { installedPostgres } from "./installed-postgres.mjs";
import { fetchNginx, findNginx } from "./nginx.mjs";
import { runCheck, runPlaywright, runVitest, yesOrNo } from "./run-tools.mjs";

/** @typedef {{passed: number, failed: number, skipped: number}} Counts */
/** @typedef {{name: string, title: string, run: () => Promise<Counts>}} Part */

/** Long, and about what is told to whom, or about nodes and requests, which no other PostgreSQL changes. */
const ONCE_IS_ENOUGH = ["matrix", "two-worlds", "phase-rules", "fuzz", "two-nodes"].map(
  (name) => `tests/server/${name}.test.ts`,
);

/** @type {Part[]} */
export const parts = [
  {
    name: "lint",
    title: "Format and lint",
    run: () => runCheck("@biomejs/biome/bin/biome", ["check", "--error-on-warnings"]),
  },
  {
    name: "types",
    title: "Types",
    run: () => runCheck("typescript/bin/tsc", ["-p", "."]),
  },
  {
    name: "rubric-types",
    title: "Types of rubric/, without a browser and without Node",
    run: () => runCheck("typescript/bin/tsc", ["-p", "rubric"]),
  },
  {
    name: "dead-code",
    title: "Dead code",
    run: () => runCheck("knip/bin/knip.js", ["--no-progress"]),
  },
  {
    name: "build",
    title: "Build",
    run: async () => yesOrNo(await tryToBuild()),
  },
  {
    name: "rubric",
    title: "Rubric, every branch of it",
    run: () => runVitest({ config: "tests/vitest.rubric.config.ts" }),
  },
  {
    name: "unit",
    title: "Forms and words, database and server, on the embedded PostgreSQL",
    run: () => runVitest({ folders: ["tests/app", "tests/db", "tests/server"] }),
  },
  {
    name: "installed-postgres",
    title: "Database and server, on an installed PostgreSQL",
    run: onInstalledPostgres,
  },
  {
    name: "nginx",
    title: "Two nodes behind nginx",
    run: behindNginx,
  },
  {
    name: "browser",
    title: "Browser and accessibility",
    run: inBrowser,
  },
];

async function onInstalledPostgres() {
  const env = installedPostgres();
  if (!env) return skip("no DATABASE_URL is set and no PostgreSQL server 15 or newer is installed on this machine");
  return runVitest({ folders: ["tests/db", "tests/server"], without: ONCE_IS_ENOUGH, env });
}

async function behindNginx() {
  if (!findNginx()) await fetchNginx();
  const nginx = findNginx();
  if (!nginx) return skip("there is no nginx; two nodes stood behind a balancer of our own only");
  return runVitest({ folders: ["tests/server/two-nodes.test.ts"], env: { CONCORD_TEST_NGINX: nginx } });
}

async function inBrowser() {
  if (!findChromium()) await fetchChromium();
  const chromium = findChromium();
  if (!chromium)
    return skip("there is no Chromium; install Chromium or Chrome, or set CHROMIUM_PATH to one that starts");
  return runPlaywright({ env: { CHROMIUM_PATH: chromium } });
}

/** @param {string} reason */
function skip(reason) {
  console.log(`Skipped: ${reason}.`);
  return { passed: 0, failed: 0, skipped: 1 };
}
