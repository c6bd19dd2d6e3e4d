import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { getuid } from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { accountFor, mayEnter } from "#db/embedded/account.ts";
import { findBinaries } from "#db/embedded/binaries.ts";
import { reachableBinaries } from "#db/embedded/staging.ts";
import { quickFolder } from "#tests/support/quick-folder.ts";

let folder: string;

beforeEach(() => {
  folder = quickFolder("concord-staging-");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a folder may be entered only if every folder above it may", () => {
  const stranger = { uid: 54_321, gid: 54_321 };
  const inner = join(folder, "outer", "inner");
  mkdirSync(inner, { recursive: true });

  expect(mayEnter(stranger, inner)).toBe(true);
  chmodSync(join(folder, "outer"), 0o700);
  expect(mayEnter(stranger, inner)).toBe(false);
  expect(mayEnter(null, inner)).toBe(true);
});

describe.runIf(getuid?.() === 0)("for root, whose child is another user", () => {
  test("binaries in a private home are copied to where the child may run them", async () => {
    const { copyable } = findBinaries();
    if (copyable === null) throw new Error("The binaries from npm can be copied.");
    const home = join(folder, "home");
    cpSync(dirname(copyable), home, { recursive: true, verbatimSymlinks: true });
    chmodSync(home, 0o700);
    const hidden = { bin: join(home, "native", "bin"), copyable: join(home, "native") };
    const staging = join(folder, "staging");

    const [one, other] = await Promise.all([
      reachableBinaries(hidden, accountFor(folder), staging),
      reachableBinaries(hidden, accountFor(folder), staging),
    ]);

    expect(one).toEqual(other);
    expect(one.bin.startsWith(staging)).toBe(true);
    expect(one.version).toMatch(/^18\./);
    expect(readdirSync(staging)).toHaveLength(1);
  });

  test("an installed server in a private home is refused with a sentence", async () => {
    const home = join(folder, "home");
    mkdirSync(home, { mode: 0o700 });
    symlinkSync(findBinaries().bin, join(home, "bin"));
    const installed = findBinaries(join(home, "bin"));

    await expect(reachableBinaries(installed, accountFor(folder), folder)).rejects.toThrow(
      /The user PostgreSQL runs as \(uid \d+\) may not run/,
    );
  });
});
