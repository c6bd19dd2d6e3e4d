import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "#tests/support/command.ts";
import { quickFolder } from "#tests/support/quick-folder.ts";

const five = { min: 1, max: 5, levels: [1, 2, 3, 4, 5] };

let folder: string;
beforeAll(() => {
  folder = quickFolder("concord-bad-input-");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function measure(text: string) {
  const file = join(folder, "cases.json");
  writeFileSync(file, text);
  const { code, stdout, stderr } = await runCommand(["measure", file]);
  return { code, stdout, lines: stderr.replaceAll(file, "FILE").split("\n").slice(0, -1) };
}

function ask(measure: string, input: object): string {
  return JSON.stringify({ measure, input });
}

describe("what JSON takes without a word", () => {
  test("a key that is given twice is refused by its place", async () => {
    const { code, stdout, lines } = await measure(
      '[{"measure":"cell-summary","input":{"scale":{"min":1,"max":5,"levels":null},"ratings":[[1]],"rat\\u0069ngs":[[5]]}}]',
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(lines).toEqual(["FILE: [0].input.ratings: is given twice; which of the two is meant?"]);
  });

  test("the same key in two objects, and a bracket in a text, are no fault", async () => {
    const one = { id: 'a "quoted" } ] name', measure: "cell-summary", input: { scale: five, ratings: [[3]] } };
    const { code, stdout, lines } = await measure(JSON.stringify([one, { ...one, id: "two" }]));
    expect({ code, lines }).toEqual({ code: 0, lines: [] });
    expect(JSON.parse(stdout)).toMatchObject([{ id: one.id, result: { median: 3 } }, { id: "two" }]);
  });

  test("nesting deeper than any case is refused before anything walks it", async () => {
    const deep = 100_000;
    const { code, lines } = await measure(`{"measure":"cell-summary","input":${"[".repeat(deep)}${"]".repeat(deep)}}`);
    expect(code).toBe(2);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^FILE: input.*is nested more than 50 deep$/);
  });
});

describe("ten megabytes", () => {
  test("of scores off the scale: the first hundred are told, the others counted", { timeout: 120_000 }, async () => {
    const ratings = Array.from({ length: 5_000 }, () => Array.from({ length: 1_000 }, () => 9));
    const text = ask("krippendorff-alpha", { scale: five, ratings });
    expect(text.length).toBeGreaterThan(10_000_000);
    const { code, stdout, lines } = await measure(text);
    expect({ code, stdout, count: lines.length }).toEqual({ code: 2, stdout: "", count: 101 });
    expect(lines[0]).toMatch(/^FILE: case #0: input\.ratings\[0\]\[0\]: /);
    expect(lines.at(-1)).toBe("FILE: 4999900 more faults");
  });

  test("of one name: its fault stays one line of bearable length", async () => {
    const { code, lines } = await measure(ask("x".repeat(10_000_000), {}));
    expect(code).toBe(2);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.length).toBeLessThan(600);
  });

  test("that are cut off are no JSON", async () => {
    const { code, lines } = await measure(`[${"1,".repeat(5_000_000)}`);
    expect({ code, count: lines.length }).toEqual({ code: 2, count: 1 });
    expect(lines[0]).toMatch(/^FILE: is not JSON: /);
  });

  test("of a sound panel are answered", { timeout: 120_000 }, async () => {
    const ratings = Array.from({ length: 2_200 }, (_, at) =>
      Array.from({ length: 2_300 }, (_, of) => ((at + of) % 5) + 1),
    );
    const { code, stdout, lines } = await measure(ask("gwet-ac", { scale: five, ratings }));
    expect({ code, lines }).toEqual({ code: 0, lines: [] });
    const [{ result, reasons }] = JSON.parse(stdout);
    expect(reasons).toBeUndefined();
    // Each item has 440 scores of each level.
    expect(result.gwetAC).toBeCloseTo((439 / 2199 - 0.2) / 0.8, 12);
  });
});

describe("more than there is memory or time for", () => {
  test.each([
    ["a square of reviewers", "opinion-groups", many(8_000)],
    [
      "a square of points",
      "silhouette",
      { points: apart(8_000), labels: apart(8_000).map(([place]) => (place % 2) + 1) },
    ],
  ])("%s is undefined as too large", async (_what, name, input) => {
    const { code, stdout } = await measure(ask(name, input));
    expect(code).toBe(0);
    const [{ result, reasons }] = JSON.parse(stdout);
    expect(Object.values(result).every((figure) => figure === null)).toBe(true);
    expect(new Set(Object.values(reasons))).toEqual(new Set(["too-large"]));
  });
});

function many(reviewers: number) {
  return { ratings: Array.from({ length: reviewers }, (_, at) => [(at % 5) + 1, ((at * 3) % 5) + 1]) };
}

function apart(points: number): [number][] {
  return Array.from({ length: points }, (_, place) => [place]);
}
