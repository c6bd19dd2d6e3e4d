// Behind `npm start`, `npm run dev` and `npm run concord`.
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, install, requireNode, root } from "./set-up.mjs";

/** @type {Record<string, () => Promise<unknown>>} */
const modes = {
  start: () => serveBuilt("main.js"),
  concord: () => {
    namePathsFromWhereItWasCalled();
    return serveBuilt("cli.js");
  },
  dev: serveSources,
};

requireNode();
const mode = modes[process.argv[2] ?? ""];
if (!mode) {
  process.stderr.write(`Usage: node server/launch.mjs ${Object.keys(modes).join(" | ")}\n`);
  process.exit(2);
}
await mode();

/** npm runs everything in the project's folder; a file that somebody names lies where they are. The data lie where they did. */
function namePathsFromWhereItWasCalled() {
  process.env.DATA_DIR = resolve(process.env.DATA_DIR || "data");
  if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
}

/**
 * In this process, so that signals reach the product itself.
 * @param {"main.js" | "cli.js"} entry
 */
async function serveBuilt(entry) {
  await install();
  await build();
  process.env.NODE_ENV ||= "production";
  const file = fileURLToPath(new URL(`../build/node/${entry}`, import.meta.url));
  // As if the entry had been started by name: its arguments begin behind it.
  process.argv.splice(1, 2, file);
  await import(pathToFileURL(file).href);
}

async function serveSources() {
  await install();
  const tsx = fileURLToPath(new URL("../node_modules/tsx/dist/cli.mjs", import.meta.url));
  const env = { ...process.env, NODE_ENV: /** @type {const} */ ("development") };
  const args = [tsx, "watch", "--clear-screen=false", "server/dev.ts"];
  // In a group of its own: a terminal's Ctrl-C, npm and this process would else each ask it to stop, and tsx kills what
  // it is asked twice to stop.
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
  });
  let isAsked = false;
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM"])) {
    process.on(signal, () => {
      if (!isAsked) child.kill(signal);
      isAsked = true;
    });
  }
  child.once("close", (code) => process.exit(code ?? 1));
}
