import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const root = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

const packageSchema = z.object({
  version: z.string(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().default(false),
  hasInstallScript: z.boolean().default(false),
});
const lock = z
  .object({ lockfileVersion: z.literal(3), packages: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(read("package-lock.json")));
const manifest = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
    optionalDependencies: z.record(z.string(), z.string()),
    overrides: z.record(z.string(), z.string()),
    allowScripts: z.record(z.string(), z.literal(true)),
  })
  .parse(JSON.parse(read("package.json")));

const entries = Object.entries(lock.packages)
  .filter(([path]) => path !== "")
  .map(([path, entry]) => ({
    path,
    name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
    ...packageSchema.parse(entry),
  }));
const runtime = entries.filter(({ dev }) => !dev);

/** What is known to be broken below: the first version without the advisories that concern us. */
const floors: Readonly<Record<string, string>> = {
  "@remix-run/express": "2.17.5",
  "@remix-run/node": "2.17.5",
  "@remix-run/react": "2.17.5",
  "@remix-run/server-runtime": "2.17.5",
  "@remix-run/router": "1.23.4",
  "react-router": "6.30.6",
  "react-router-dom": "6.30.6",
  "socket.io-parser": "4.2.7",
  "engine.io": "6.6.7",
  ws: "8.21.0",
  "drizzle-orm": "0.45.2",
};

function isBelow(version: string, floor: string): boolean {
  const [have, need] = [version, floor].map((text) => text.split("-", 1)[0]!.split(".").map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (have?.[index] ?? 0) - (need?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return version.includes("-");
}

test("a version is compared number by number", () => {
  expect(["0.45.1", "0.9.9", "1.0.0-rc.1", "0.45.2-beta.1"].map((version) => isBelow(version, "1.0.0"))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(["1.0.0", "1.0.1", "1.10.0", "10.0.0"].map((version) => isBelow(version, "1.0.0"))).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

describe("the lock file", () => {
  test("holds nothing that runs below the floors", () => {
    const found = runtime.filter(({ name }) => name in floors);
    expect(new Set(found.map(({ name }) => name))).toEqual(new Set(Object.keys(floors)));
    const low = found.filter(({ name, version }) => isBelow(version, floors[name] ?? "0"));
    expect(low.map(({ path, version }) => `${path} ${version}`)).toEqual([]);
  });

  test("names the content of every package, from the public registry", () => {
    const faults = entries.filter(
      ({ integrity = "", resolved = "https://registry.npmjs.org/" }) =>
        !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity) || !resolved.startsWith("https://registry.npmjs.org/"),
    );
    expect(faults.map(({ path }) => path)).toEqual([]);
  });

  test("runs scripts while installing only for those that package.json allows", () => {
    const scripts = new Set(entries.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name));
    expect([...scripts].sort()).toEqual(Object.keys(manifest.allowScripts).sort());
  });

  test("holds only licences that we may hand on", () => {
    const free = ["MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "MIT-0", "OFL-1.1", "Unlicense"];
    const forTools = [...free, "BlueOak-1.0.0", "MPL-2.0", "CC0-1.0", "CC-BY-3.0", "CC-BY-4.0", "Python-2.0"];
    /** Their packages say MIT in an older way that the lock file does not keep. */
    const saidOtherwise = ["eval", "format", "require-like", "xmlhttprequest-ssl"];
    const faults = entries.filter(({ name, dev, license = "" }) => {
      if (license === "") return !saidOtherwise.includes(name);
      const [all, any] = [license.split(" AND "), license.split(" OR ")].map((parts) =>
        parts.map((part) => part.replace(/^\(|\)$/g, "")),
      );
      const allowed = dev ? forTools : free;
      return !(
        all?.every((one) => allowed.includes(one)) ||
        (license.includes(" OR ") && any?.some((one) => allowed.includes(one)))
      );
    });
    expect(faults.map(({ path, license }) => `${path} ${license}`)).toEqual([]);
  });
});

test("every direct dependency is pinned to one version, and each that runs has its reason written down", () => {
  const all = {
    ...manifest.dependencies,
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
    ...manifest.overrides,
  };
  expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  const reasons = read("docs/dependencies.md");
  const unexplained = Object.keys(manifest.dependencies).filter(
    (name) => !reasons.includes(name.replace(/^@[\w-]+\//, "")),
  );
  expect(unexplained).toEqual([]);
});

test("the images are of supported lines", () => {
  const nodes = [...read("Dockerfile").matchAll(/^FROM node:(\d+)-/gm)].map(([, major]) => Number(major));
  expect(nodes.length).toBeGreaterThan(0);
  for (const major of nodes) expect(major).toBeGreaterThanOrEqual(22);
  const postgres = Number(/image: postgres:(\d+)/.exec(read("docker-compose.yml"))?.[1]);
  expect(postgres).toBeGreaterThanOrEqual(15);
});
