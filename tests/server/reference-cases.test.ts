import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listMeasures } from "#server/cli/measure/list.ts";
import { runCommand } from "#tests/support/command.ts";

// Cases that other software has computed, kept outside the project. CONCORD_REFERENCE_CASES names their folder: one
// <measure>.json each, a list of {id, measure, variant, input, expected, tolerance}. Without it they count as skipped.
const folder = process.env.CONCORD_REFERENCE_CASES;
const measures = folder === undefined ? [] : namesIn(folder);
const built = new Set(listMeasures().map(({ measure }) => measure));

interface ReferenceCase {
  readonly id: string;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly tolerance: number | Readonly<Record<string, number | string>>;
}

interface Answer {
  readonly id: string;
  readonly result: Readonly<Record<string, unknown>>;
  readonly reasons?: Readonly<Record<string, string>>;
}

describe.skipIf(folder === undefined)("reference cases (folder in CONCORD_REFERENCE_CASES)", () => {
  test("the folder holds cases", () => {
    expect(measures.length).toBeGreaterThan(0);
  });

  for (const measure of measures) {
    const cases = casesOf(measure);
    const name = `${measure}: ${cases.length} ${cases.length === 1 ? "case" : "cases"}`;
    test.skipIf(!built.has(measure))(
      built.has(measure) ? name : `${name}, not built yet`,
      { timeout: 120_000 },
      async () => {
        const answers = await answersOf(measure);
        expect(answers.map(({ id }) => id)).toEqual(cases.map(({ id }) => id));
        expect(cases.flatMap((one, index) => differences(one, answers[index]!))).toEqual([]);
      },
    );
  }
});

function namesIn(path: string): string[] {
  const files = readdirSync(path).filter((file) => file.endsWith(".json"));
  return files.map((file) => file.slice(0, -".json".length)).sort();
}

function fileOf(measure: string): string {
  return join(folder ?? "", `${measure}.json`);
}

function casesOf(measure: string): ReferenceCase[] {
  return JSON.parse(readFileSync(fileOf(measure), "utf8"));
}

async function answersOf(measure: string): Promise<Answer[]> {
  const { code, stdout, stderr } = await runCommand(["measure", fileOf(measure)]);
  // Fields that nothing reads are warned of, and change nothing.
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

/** Every way in which an answer is not what the case expects, in words. */
function differences(one: ReferenceCase, answer: Answer): string[] {
  const reasons = answer.reasons ?? {};
  const compared = Object.entries(one.expected).filter(([key]) => !isNoKey(one.id, key));
  const wrong = compared.flatMap(([key, expected]) => {
    const tolerance = toleranceOf(one, key);
    if (key === "representative") return representativeDifferences(answer.result[key], expected, tolerance);
    return compare({ got: answer.result[key], expected, path: key, tolerance, reasons });
  });
  const unexplained = nullPaths(answer.result, "").filter((path) => !(path in reasons) && !isRawScore(path));
  return [...wrong, ...unexplained.map((path) => `${path}: null without a reason`)].map((text) => `${one.id}: ${text}`);
}

/** What a case says beside its keys: a null for "not stated", and an explanation. */
function isNoKey(id: string, key: string): boolean {
  return (
    (id === "smaa-2crit-closed" && key === "rankAcceptability") || (id === "weights-edge-zero" && key === "reason")
  );
}

/** A missing score that is shown as it came in. */
function isRawScore(path: string): boolean {
  return path.startsWith("firstRow10[");
}

/** The key's own tolerance, else that of the longest name the key starts with, else the default. */
function toleranceOf({ tolerance }: ReferenceCase, key: string): number {
  if (typeof tolerance === "number") return tolerance;
  const names = Object.keys(tolerance).filter((name) => name !== "note" && name !== "default" && key.startsWith(name));
  const longest = names.sort((left, right) => right.length - left.length)[0] ?? "default";
  return Number(tolerance[longest]);
}

interface Comparison {
  readonly got: unknown;
  readonly expected: unknown;
  readonly path: string;
  readonly tolerance: number;
  readonly reasons: Readonly<Record<string, string>>;
}

function compare(comparison: Comparison): string[] {
  const { got, expected, path, tolerance, reasons } = comparison;
  if (expected === null) {
    if (got !== null) return [`${path}: ${JSON.stringify(got)} instead of null`];
    return path in reasons || isRawScore(path) ? [] : [`${path}: null without a reason`];
  }
  if (typeof expected === "number") {
    const isClose = typeof got === "number" && Math.abs(got - expected) <= tolerance * Math.max(1, Math.abs(expected));
    return isClose ? [] : [`${path}: ${JSON.stringify(got)} instead of ${expected}`];
  }
  if (Array.isArray(expected)) return compareLists(comparison, expected);
  if (typeof expected !== "object")
    return got === expected ? [] : [`${path}: ${JSON.stringify(got)} instead of ${expected}`];
  if (!isObject(got)) return [`${path}: ${JSON.stringify(got)} instead of an object`];
  return Object.entries(expected).flatMap(([key, value]) =>
    compare({ ...comparison, got: got[key], expected: value, path: `${path}.${key}` }),
  );
}

function compareLists(comparison: Comparison, expected: readonly unknown[]): string[] {
  const { got, path } = comparison;
  if (!Array.isArray(got)) return [`${path}: ${JSON.stringify(got)} instead of a list`];
  if (got.length !== expected.length) return [`${path}: ${got.length} entries instead of ${expected.length}`];
  return expected.flatMap((value, index) =>
    compare({ ...comparison, got: got[index], expected: value, path: `${path}[${index}]` }),
  );
}

/** Entries are found by group and statement; their order is free. */
function representativeDifferences(got: unknown, expected: unknown, tolerance: number): string[] {
  if (!Array.isArray(got) || !Array.isArray(expected)) return ["representative: not a list"];
  const wrong = expected.flatMap((entry) => {
    const path = `representative of group ${entry.group}, statement ${entry.statement}`;
    const found = got.find(({ group, statement }) => group === entry.group && statement === entry.statement);
    return compare({ got: found, expected: entry, path, tolerance, reasons: {} });
  });
  return got.length === expected.length
    ? wrong
    : [...wrong, `representative: ${got.length} instead of ${expected.length}`];
}

function nullPaths(value: unknown, path: string): string[] {
  if (value === null) return [path];
  if (Array.isArray(value)) return value.flatMap((entry, index) => nullPaths(entry, `${path}[${index}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, entry]) => nullPaths(entry, path === "" ? key : `${path}.${key}`));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
