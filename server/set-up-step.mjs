import { spawn } from "node:child_process";

/** @typedef {{command: string, args: string[], cwd?: string, env?: Record<string, string>}} Step */

/**
 * On stderr, because the command line's stdout is its answer.
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * A step that nothing works without: if it fails, this process ends.
 * @param {string} title
 * @param {Step} step
 */
export async function mustRun(title, step) {
  if (!(await tryToRun(title, step))) process.exit(1);
}

/**
 * One long step, told when it begins, while it lasts and when it ends; its own output is shown only if it fails.
 * @param {string} title
 * @param {Step} step
 * @returns {Promise<boolean>}
 */
export async function tryToRun(title, step) {
  const began = performance.now();
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(0)} s`;
  say(`${title} ...`);
  const ticking = setInterval(() => say(`${title} ... ${seconds()}`), 10_000);
  const { code, output } = await run(step);
  clearInterval(ticking);
  if (code === 0) {
    say(`${title}: done in ${seconds()}.`);
    return true;
  }
  say(output.trim());
  say(`${title} failed: \`${[step.command, ...step.args].join(" ")}\` ended with ${code}; its output is above.`);
  return false;
}

/**
 * @param {Step} step
 * @returns {Promise<{code: number | string | null, output: string}>}
 */
function run({ command, args, cwd, env }) {
  return new Promise((resolve) => {
    // Windows finds npm.cmd through a shell only.
    const shell = process.platform === "win32";
    const child = spawn(command, args, {
      cwd,
      shell,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));

    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => {
      child.kill(signal);
      process.exit(1);
    };
    process.once("SIGINT", passOn).once("SIGTERM", passOn);

    /** @param {number | string | null} code */
    const end = (code) => {
      process.off("SIGINT", passOn).off("SIGTERM", passOn);
      resolve({ code, output });
    };
    child.once("error", (error) => end(error.message)).once("close", (code, signal) => end(code ?? signal));
  });
}
