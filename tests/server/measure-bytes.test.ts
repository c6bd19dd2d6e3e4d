import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommand } from "#tests/support/command.ts";
import { measureCorpus } from "#tests/support/measure-corpus.ts";
import { quickFolder } from "#tests/support/quick-folder.ts";

// `npm run prove -- node-versions` shows the same bytes on every Node that is supported.

let folder: string;
beforeAll(() => {
  folder = quickFolder("concord-corpus-");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the corpus asks for every measure that is listed", async () => {
  const { stdout } = await runCommand(["measure", "--list"]);
  const listed: { measure: string }[] = JSON.parse(stdout);
  const asked = new Set(measureCorpus().map(({ measure }) => measure));
  expect(new Set(listed.map(({ measure }) => measure))).toEqual(asked);
});

test("every measure answers the same bytes as ever", { timeout: 120_000 }, async () => {
  const file = join(folder, "corpus.json");
  writeFileSync(file, JSON.stringify(measureCorpus()));
  const { code, stdout, stderr } = await runCommand(["measure", file]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const golden = readFileSync(join(import.meta.dirname, "../support/golden/measure-corpus.sha256"), "utf8").trim();
  expect(createHash("sha256").update(stdout).digest("hex")).toBe(golden);
});
