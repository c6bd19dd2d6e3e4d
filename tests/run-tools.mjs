import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../server/set-up.mjs";

/** @typedef {import("./run-parts.mjs").Counts} Counts */

/**
 * A tool that says yes or no.
 * @param {string} tool
 * @param {string[]} args
 * @returns {Promise<Counts>}
 */
export async function runCheck(tool, args) {
  return yesOrNo((await run(tool, args)) === 0);
}

/**
 * @param {boolean} isGood
 * @returns {Counts}
 */
export function yesOrNo(isGood) {
  return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, skipped: 0 };
}

/**
 * @param {{folders?: string[], without?: string[], config?: string, env?: Record<string, string>}} options all folders of
 *   the configuration, unless some are named
 * @returns {Promise<Counts>}
 */
export function runVitest({ folders = [], without = [], config = "tests/vitest.config.ts", env = {} }) {
  return withResultFile(async (file) => {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const excluded = without.map((file) => `--exclude=${file}`);
    const code = await run(
      "vitest/vitest.mjs",
      ["run", `--config=${config}`, ...reporters, ...excluded, ...folders],
      env,
    );
    return { code, count: countVitest };
  });
}

/**
 * @param {{env: Record<string, string>}} options
 * @returns {Promise<Counts>}
 */
export function runPlaywright({ env }) {
  return withResultFile(async (file) => {
    const args = ["test", "--config=tests/playwright.config.ts", "--reporter=list,json"];
    const code = await run("@playwright/test/cli.js", args, { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file });
    return { code, count: countPlaywright };
  });
}

/** @param {any} result */
function countVitest(result) {
  /** @type {{status: string, assertionResults: unknown[]}[]} */
  const files = result.testResults;
  const filesThatDidNotLoad = files.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + filesThatDidNotLoad.length,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

/** @param {any} result */
function countPlaywright({ stats }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

/**
 * A runner that ends badly although no test failed, or that leaves no counts, has failed itself.
 * @param {(file: string) => Promise<{code: number, count: (result: unknown) => Counts}>} work
 * @returns {Promise<Counts>}
 */
async function withResultFile(work) {
  const folder = mkdtempSync(join(tmpdir(), "concord-test-"));
  try {
    const file = join(folder, "result.json");
    const { code, count } = await work(file);
    const counts = count(JSON.parse(readFileSync(file, "utf8")));
    const isEmpty = counts.passed + counts.failed + counts.skipped === 0;
    return isEmpty || (code !== 0 && counts.failed === 0) ? { ...counts, failed: 1 } : counts;
  } catch (error) {
    console.error(`No result: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} tool below node_modules/
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>}
 */
function run(tool, args, env = {}) {
  return new Promise((resolve) => {
    const script = join(root, "node_modules", tool);
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      env: { ...environment(), ...env },
      stdio: "inherit",
      // One that hangs is a failure to be told, not to be waited for.
      timeout: 20 * 60_000,
    });
    child.once("error", () => resolve(1)).once("close", (code) => resolve(code ?? 1));
  });
}

/** Without the settings of a Concord that the caller may run: tests bring their own. */
function environment() {
  const settings =
    /^(PORT|HOST|PUBLIC_URL|DATABASE_URL|DATA_DIR|SMTP_URL|MAIL_FROM|LOG_LEVEL|METRICS_TOKEN|TRUST_PROXY|MAX_MEMBERS|WRITES_PER_SECOND|CONCORD_DEMO|CONCORD_SETUP_TOKEN)$/;
  const others = Object.entries(process.env).filter(([name]) => !settings.test(name));
  return { ...Object.fromEntries(others), NODE_ENV: /** @type {const} */ ("test") };
}
