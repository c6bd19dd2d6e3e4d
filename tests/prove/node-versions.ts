import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stdout } from "node:process";
import { measureCorpus } from "#tests/support/measure-corpus.ts";
import { quickFolder } from "#tests/support/quick-folder.ts";

const root = join(import.meta.dirname, "../..");

/** Every line of Node that is supported. */
const lines = ["20", "22", "24"];

/**
 * `npm run prove -- node-versions`: answers the corpus of measures with the built program under each line of Node, taken
 * from the registry, and demands the bytes that the tests demand. Needs a build.
 */
export async function prove(): Promise<boolean> {
  const golden = readFileSync(join(root, "tests/support/golden/measure-corpus.sha256"), "utf8").trim();
  const folder = quickFolder("concord-nodes-");
  try {
    const corpus = join(folder, "corpus.json");
    writeFileSync(corpus, JSON.stringify(measureCorpus()));
    const hashes = lines.map((line) => {
      const node = installNode(folder, line);
      const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
      const hash = hashOfAnswers(node, corpus);
      stdout.write(`Node ${version}: ${hash} ${hash === golden ? "the same bytes" : "DIFFERS"}\n`);
      return hash;
    });
    return hashes.every((hash) => hash === golden);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The newest Node of a line, in a folder of its own. */
function installNode(folder: string, line: string): string {
  const prefix = join(folder, line);
  execFileSync("npm", ["install", "--prefix", prefix, "--no-save", "--loglevel", "error", `node@${line}`]);
  return join(prefix, "node_modules/node/bin/node");
}

function hashOfAnswers(node: string, corpus: string): string {
  const answers = execFileSync(node, [join(root, "build/node/cli.js"), "measure", corpus], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return createHash("sha256").update(answers).digest("hex");
}
