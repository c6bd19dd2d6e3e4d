import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { faults, weaken } from "#tests/prove/faults.ts";

const root = join(import.meta.dirname, "../..");

test.each(faults)("the sabotage still finds what it takes away: $name", (fault) => {
  const sound = readFileSync(join(root, fault.file), "utf8");
  expect(weaken(sound, fault)).not.toBe(sound);
});

test("there are at least 25 faults, each with a name of its own", () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  expect(faults.length).toBeGreaterThanOrEqual(25);
});
