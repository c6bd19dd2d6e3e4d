import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { changesOf, weaken } from "#tests/prove/fault.ts";
import { faults } from "#tests/prove/faults.ts";

const root = join(import.meta.dirname, "../..");

test.each(faults)("the sabotage still finds what it takes away: $name", (fault) => {
  const texts = new Map<string, string>();
  for (const change of changesOf(fault)) {
    const text = texts.get(change.file) ?? readFileSync(join(root, change.file), "utf8");
    expect(weaken(text, change)).not.toBe(text);
    texts.set(change.file, weaken(text, change));
  }
});

test("there are at least 85 faults, each with a name of its own", () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  expect(faults.length).toBeGreaterThanOrEqual(85);
});
