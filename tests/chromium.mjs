// The browser of the browser tests: one that is here already, or else one that can be fetched.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { tryToRun } from "../server/set-up-step.mjs";

/** For a container without user namespaces and a network without the outside world. */
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @returns {string | undefined} */
export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) return starts(chosen) ? chosen : undefined;
  return [chromium.executablePath(), ...knownPlaces(), ...onPath()].find(starts);
}

export async function fetchChromium() {
  if (process.env.CHROMIUM_PATH) return;
  const playwright = join(import.meta.dirname, "../node_modules/@playwright/test/cli.js");
  const install = [playwright, "install", "--no-shell", "chromium"];
  await tryToRun("Fetching a browser for the tests", { command: process.execPath, args: install });
  if (findChromium() || !isRootOnDebian()) return;
  const packages = "apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium";
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await tryToRun("Installing Debian's chromium", { command: "sh", args: ["-c", packages], env });
}

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge"];

function knownPlaces() {
  const folders = ["/usr/bin", "/usr/local/bin", "/snap/bin"];
  return [
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    join(process.env.ProgramFiles ?? "C:\\Program Files", "Google\\Chrome\\Application\\chrome.exe"),
  ];
}

function onPath() {
  return (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
}

/**
 * A browser without its system libraries is there and yet starts nothing. On Windows `--version` opens a window.
 * @param {string} path
 */
function starts(path) {
  if (!existsSync(path)) return false;
  return process.platform === "win32" || spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0;
}

function isRootOnDebian() {
  return process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}
