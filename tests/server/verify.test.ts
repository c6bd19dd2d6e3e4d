import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findMembers } from "#db/members.ts";
import { findAccount } from "#db/users.ts";
import type { CellId } from "#rubric/rubric.ts";
import { loadDemonstration } from "#server/commands/load-demonstration.ts";
import { hashOf } from "#server/hash.ts";
import { readBundle } from "#server/reports/read-bundle.ts";
import { isBundle, verifyBundle } from "#server/reports/verify-bundle.ts";
import { aPanel, done, give, move, submit, type TestPanel } from "#tests/support/panels.ts";
import type { Person } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

// biome-ignore lint/suspicious/noExplicitAny: the test changes bundles in every way, sound or not
type Json = any;
type Path = readonly (string | number)[];

const two: CellId[] = [
  { policyId: "P1", criterionId: "I1" },
  { policyId: "P2", criterionId: "G1" },
];
const modes = [
  { mode: "named", protocol: "staff-team", values: [-1, 0, 2] },
  { mode: "pseudonymous", protocol: { preset: "rand-ucla", minScores: 3 }, values: [2, 5, 9] },
  { mode: "anonymous", protocol: "delphi", values: [2, 5, 9, 9, 8] },
] as const;

let server: TestServer;
const bundles = new Map<string, Json>();
const observed = new Map<string, Json>();
/** Of a round that is revealed and not closed, where no snapshot vouches for anything yet. */
const discussed = new Map<string, Json>();

beforeAll(async () => {
  server = await startServer();
  for (const { mode, protocol, values } of modes) {
    const panel = await aPanel(server, { protocol, reviewers: values.length, observers: 1, cells: two });
    await holdRound(panel, values);
    discussed.set(mode, await bundleFor(panel, panel.reviewers[1] ?? panel.facilitator));
    await move(panel, "closed");
    bundles.set(mode, await bundleFor(panel, panel.facilitator));
    observed.set(mode, await bundleFor(panel, panel.observers[0] ?? panel.facilitator));
  }
});
afterAll(() => server.stop());

/** Everyone scores the first cell; on the second, one abstains in named panels so that it stays below the minimum. */
async function holdRound(panel: TestPanel, values: readonly number[]): Promise<void> {
  const [first, second] = two;
  if (!first || !second) throw new Error("two cells");
  const { protocol } = done(await panel.facilitator.call("GET", `/panels/${panel.panelId}`), 200);
  for (const [index, reviewer] of panel.reviewers.entries()) {
    const points = { I1: 100 - index, G2: index };
    if (protocol.identity !== "anonymous")
      done(await reviewer.call("PUT", `/panels/${panel.panelId}/points`, { points, version: 0 }), 200);
    if (index === 0) await give(panel, reviewer, { ...second, nonScore: "abstain", rationale: "Not mine to say." });
    await submit(panel, reviewer, values[index] ?? 0, index === 0 ? [first] : two);
  }
  await move(panel, "discussion");
}

async function bundleFor(panel: TestPanel, person: Person): Promise<Json> {
  return done(await person.call("GET", `/panels/${panel.panelId}/export?format=json`), 200);
}

function firstDifference(bundle: Json): string | null {
  return verifyBundle(bundle).find(({ outcome }) => outcome === "differs")?.name ?? null;
}

function leavesOf(value: Json, path: Path = []): Path[] {
  if (value === null || typeof value !== "object") return [path];
  return Object.keys(value).flatMap((key) => leavesOf(value[key], [...path, Array.isArray(value) ? Number(key) : key]));
}

function changed(bundle: Json, path: Path, change: (leaf: Json) => Json): Json {
  const copy = structuredClone(bundle);
  const last = path.at(-1) ?? "";
  const parent = path.slice(0, -1).reduce((at: Json, key) => at[key], copy);
  parent[last] = change(parent[last]);
  return copy;
}

function other(leaf: Json): Json {
  if (typeof leaf === "number") return leaf + 1;
  if (typeof leaf === "boolean") return !leaf;
  if (leaf === null) return 1;
  return /^[0-9a-f]{64}$/.test(leaf) ? hashOf(leaf) : `${leaf}x`;
}

function resealed(bundle: Json): Json {
  const { contentHash: _old, ...content } = bundle;
  return { ...content, contentHash: hashOf(content) };
}

describe.each(modes)("a bundle of a $mode panel", { timeout: 120_000 }, ({ mode }) => {
  test("holds in every check, for a facilitator and for an observer", () => {
    expect(firstDifference(bundles.get(mode))).toBeNull();
    expect(firstDifference(observed.get(mode))).toBeNull();
  });

  test("holds whatever way its JSON is laid out", () => {
    const bundle = bundles.get(mode);
    const backwards = Object.fromEntries(Object.entries(bundle).reverse());
    expect(firstDifference(JSON.parse(JSON.stringify(backwards, null, 3)))).toBeNull();
  });

  test("differs when any single value in it is changed", () => {
    const bundle = bundles.get(mode);
    expect(leavesOf(bundle).length).toBeGreaterThan(300);
    const missed = leavesOf(bundle).filter((path) => {
      const broken = changed(bundle, path, other);
      return isBundle(broken) && firstDifference(broken) === null;
    });
    expect(missed).toEqual([]);
  });

  test("differs, though its content hash was made anew, when anything but what the page names is changed", () => {
    for (const bundle of [bundles.get(mode), discussed.get(mode)]) {
      const missed = leavesOf(bundle)
        .filter((path) => !isUnbound(path))
        .filter((path) => firstDifference(resealed(changed(bundle, path, other))) === null);
      expect(missed).toEqual([]);
    }
  });

  test("differs when a line, a score, a snapshot or a round is left out", () => {
    const bundle = bundles.get(mode);
    for (const list of ["scores", "histograms", "points", "snapshots", "rounds", "rubrics"]) {
      if (bundle[list].length === 0) continue;
      expect(firstDifference(resealed({ ...bundle, [list]: bundle[list].slice(1) })), list).not.toBeNull();
    }
    const { entries, batches } = bundle.audit;
    expect(firstDifference(resealed({ ...bundle, audit: { entries: entries.slice(1), batches } }))).toBe("audit chain");
    expect(firstDifference(resealed({ ...bundle, audit: { entries, batches: batches.slice(0, -1) } }))).toBe(
      "audit chain",
    );
  });
});

/** What the audit chain cannot vouch for, since not every member may know it, or nobody said it in time. */
function isUnbound(path: Path): boolean {
  const [top, , field] = path;
  if (top === "panel") return path[1] === "version";
  if (top === "members") return field === "email" || field === "code";
  if (top === "roster") return path.at(-1) === "submittedAt";
  return top === "exportedAt" || top === "contentHash" || top === "method";
}

test("an observer's file of an anonymous panel says that its texts cannot be checked", () => {
  const unchecked = verifyBundle(observed.get("anonymous")).filter(({ outcome }) => outcome === "not checkable");
  expect(unchecked.map(({ name }) => name)).toEqual(["round 1, answers", "round 1, sealed answers"]);
  expect(bundles.get("anonymous").histograms[0].rationales).not.toBeNull();
});

test("the first check that differs names the trouble", () => {
  const bundle = bundles.get("named");
  const score = changed(bundle, ["scores", 0, "value"], () => 1);
  expect(firstDifference(score)).toBe("content hash");
  expect(firstDifference(resealed(score))).toBe("round 1, answers");
  expect(firstDifference(resealed(changed(bundle, ["snapshots", 0, "output", "cells", 0, "median"], () => 2)))).toBe(
    "round 1, output hash",
  );
  expect(
    firstDifference(resealed(changed(bundle, ["rubrics", 0, "rubric", "criteria", 0, "name"], () => "Else"))),
  ).toBe("rubric version 1");
  expect(firstDifference(resealed(changed(bundle, ["protocol", "agreeShare"], () => 0.6)))).toBe("protocol hash");
  expect(firstDifference({ ...bundle, unexpected: true })).toBe("format");
});

test("figures that agree with every hash but not with the scores are found", () => {
  const bundle = structuredClone(bundles.get("named"));
  const [snapshot] = bundle.snapshots;
  snapshot.input.cells[0].counts = [3, 0, 0, 0, 0];
  snapshot.inputHash = hashOf(snapshot.input);
  const checks = verifyBundle(resealed(bundle)).filter(({ outcome }) => outcome === "differs");
  expect(checks.map(({ name }) => name)).toEqual(["round 1, tallies", "round 1, figures", "audit lines"]);
});

test("the whole demonstration holds", async () => {
  const { panelId } = await loadDemonstration(server.app, { stop: "closed" });
  const observer = await findAccount(server.app.database.pool, "observer@demo.invalid");
  const member = await server.app.database.together(findMembers, { panelId, userId: observer?.userId ?? "" });
  if (!member) throw new Error("the demonstration has no observer");
  const checks = verifyBundle(await readBundle(server.app, member));
  expect(checks.filter(({ outcome }) => outcome !== "holds")).toEqual([]);
  expect(checks.map(({ name }) => name)).toEqual([
    "format",
    "content hash",
    "rubric version 1",
    "protocol hash",
    "audit chain",
    "checkpoints",
    "rounds",
    "swing points",
    ...[1, 2].flatMap((round) =>
      ["input hash", "output hash", "set-up", "answers", "tallies", "analysed scores", "figures"].map(
        (part) => `round ${round}, ${part}`,
      ),
    ),
    "audit lines",
    "members",
    "times",
    "progress",
    "reference reading",
    ...[1, 2].flatMap((round) => [`round ${round}, sealed answers`, `round ${round}, commitments`]),
  ]);
});

test("a bundle that an earlier method version closed still holds in every check", async () => {
  const text = await readFile(new URL("../support/golden/bundle-of-method-1.json", import.meta.url), "utf8");
  const bundle = JSON.parse(text);
  expect(bundle.snapshots.map(({ method }: { method: object }) => method)).toEqual([
    { id: "concord", version: "1" },
    { id: "concord", version: "1" },
  ]);
  const checks = verifyBundle(bundle);
  expect(checks.filter(({ outcome }) => outcome === "differs")).toEqual([]);
  // What it could not yet hold is said to be so.
  expect(checks.filter(({ outcome }) => outcome === "not checkable").map(({ name }) => name)).toEqual(
    [1, 2].flatMap((round) => [`round ${round}, sealed answers`, `round ${round}, commitments`]),
  );
});

describe("a bundle's swing points", () => {
  const differing = (bundle: Json, rows: Json) => firstDifference(resealed({ ...bundle, points: rows }));

  test("stand once under each label that the panel gives, on its own criteria, in revealed rounds", () => {
    const bundle = bundles.get("named");
    const [row] = bundle.points;
    expect(row).toEqual({
      round: 1,
      memberId: expect.any(String),
      points: { G2: expect.any(Number), I1: expect.any(Number) },
    });
    for (const wrong of [
      [row, row],
      [{ ...row, round: 2 }],
      [{ ...row, code: "Reviewer 1" }],
      [{ ...row, memberId: "00000000-0000-4000-8000-000000000000" }],
      [{ ...row, points: { X9: 1 } }],
    ])
      expect(differing(bundle, wrong)).toBe("swing points");
    expect(differing(bundle, [{ ...row, points: { I1: 101 } }])).toBe("format");
    expect(differing(bundles.get("pseudonymous"), [row])).toBe("swing points");
    expect(differing(bundles.get("anonymous"), [row])).toBe("swing points");
    expect(differing(bundle, bundle.points.slice(1))).toBe("swing points");
  });
});
