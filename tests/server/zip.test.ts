import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aHeldPanel, bundleFor, type HeldPanel, type Json, modes, moveTo } from "#tests/support/held-panels.ts";
import { aPanel, give, submit } from "#tests/support/panels.ts";
import type { Person } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
let panel: HeldPanel;
let files: ReadonlyMap<string, string>;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "concord-zip-"));
  server = await startServer();
  panel = await aHeldPanel(server, modes[1]);
  await moveTo(panel, "closed");
  files = await unzipped(panel.reviewers[0]!);
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function unzipped(who: Person, of: { panelId: string } = panel): Promise<Map<string, string>> {
  const response = await fetch(`${server.url}/api/v1/panels/${of.panelId}/export?format=zip`, {
    headers: { authorization: `Bearer ${who.token}` },
  });
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/zip"]);
  expect(response.headers.get("content-disposition")).toContain("A panel of the tests.zip");
  const entries = Object.entries(unzipSync(new Uint8Array(await response.arrayBuffer())));
  return new Map(entries.map(([name, bytes]) => [name, strFromU8(bytes)]));
}

/** The verifier as its reader runs it: by Node alone, in the folder where the box was unpacked. */
function runVerifier(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["verify.mjs", ...words],
      { cwd: folder, env: { NODE_ENV: "production" } },
      (error, stdout, stderr) => resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    );
  });
}

function keep(name: string, content: Json): string {
  writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return name;
}

test("the box holds the record, the table, a guide, the verifier, and the sum of each", async () => {
  expect([...files.keys()].sort()).toEqual(
    ["bundle.json", "answers.csv", "columns.csv", "README.txt", "SHA256SUMS", "verify.mjs"].sort(),
  );
  const sums = (files.get("SHA256SUMS") ?? "")
    .trimEnd()
    .split("\n")
    .map((line) => line.split("  "));
  expect(sums).toHaveLength(5);
  for (const [sum, name] of sums)
    expect([name, sum]).toEqual([
      name,
      createHash("sha256")
        .update(files.get(name ?? "") ?? "")
        .digest("hex"),
    ]);
  const { exportedAt: _then, contentHash: _own, ...alone } = await bundleFor(panel, panel.reviewers[0]!);
  const { exportedAt: _now, contentHash: _theirs, ...boxed } = JSON.parse(files.get("bundle.json") ?? "");
  // The line that tells of the box stands behind it.
  expect(alone.audit.entries.slice(0, -1)).toEqual(boxed.audit.entries);
  expect(alone.scores).toEqual(boxed.scores);
  expect(files.get("README.txt")).toContain("node verify.mjs bundle.json");
  expect((files.get("README.txt") ?? "").split("\n").filter((line) => line.length > 130)).toEqual([]);
});

test("its verifier runs on Node alone and says what it shows and what not", async () => {
  const [receipt] = panel.receipts;
  const checkpoint = JSON.parse(files.get("bundle.json") ?? "").checkpoints[0].text;
  const held = ["--receipt", keep("receipt.json", receipt), "--checkpoint", keep("checkpoint.txt", checkpoint)];
  const { code, stdout, stderr } = await runVerifier("bundle.json", ...held);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).not.toMatch(/^(differs|not checkable)/m);
  expect(stdout).toMatch(/^holds +held checkpoint$/m);
  expect(stdout).toMatch(/^holds +held receipt$/m);
  expect(stdout).toContain("What it does not show");
});

test("its verifier names what differs and exits 1, and exits 2 for what it cannot read", async () => {
  const bundle = JSON.parse(files.get("bundle.json") ?? "");
  const changed = keep("changed.json", { ...bundle, scores: bundle.scores.slice(1) });
  expect(await runVerifier(changed)).toMatchObject({
    code: 1,
    stderr: "changed.json does not hold: content hash: the file was changed after its export.\n",
  });
  const altered = keep("altered.json", { ...panel.receipts[0], submittedAt: "2026-01-01T00:00:00.000Z" });
  expect(await runVerifier("bundle.json", "--receipt", altered)).toMatchObject({ code: 1 });
  for (const words of [[], ["nowhere.json"], ["README.txt"], ["receipt.json"]])
    expect((await runVerifier(...words)).code).toBe(2);
});

test("before the reveal the box holds no more than its owner's other files", async () => {
  const other = await aPanel(server, { reviewers: 2 });
  await give(other, other.reviewers[0]!, { policyId: "P1", criterionId: "I1", value: 2, rationale: "CANARY" });
  await submit(other, other.reviewers[1]!, 1);
  const told = async (who: Person) => [...(await unzipped(who, other)).values()].join("\n");
  expect(await told(other.reviewers[0]!)).toContain("CANARY");
  expect(await told(other.reviewers[1]!)).not.toContain("CANARY");
  expect(await told(other.facilitator)).not.toContain("CANARY");
});
