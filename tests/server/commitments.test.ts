import { createHash, createHmac } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonical } from "#rubric/canonical.ts";
import { verifyBundle } from "#server/reports/verify-bundle.ts";
import {
  aHeldPanel,
  bundleFor,
  type HeldPanel,
  heldCells,
  type Json,
  modes,
  moveTo,
} from "#tests/support/held-panels.ts";
import { aPanel, done, give, move, submit, twoCells } from "#tests/support/panels.ts";
import type { Person } from "#tests/support/people.ts";
import { person } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: Buffer | string, text: string) => createHmac("sha256", key).update(text).digest("hex");

/** As the documentation words it, written out once more: the code is not its own judge. */
function expectedCommitment(receipt: Json, answer: Json): string {
  const { panelId, round, memberId, submittedAt, checkpoint, secret } = receipt;
  const { commitment: _given, ...line } = answer;
  const { policyId, criterionId } = answer;
  const place = canonical({ panelId, round, memberId, submittedAt, checkpoint, policyId, criterionId });
  const key = hmac(Buffer.from(secret, "hex"), `concord-commitment-v1\n${place}`);
  return hmac(Buffer.from(key, "hex"), canonical({ panelId, round, ...line }));
}

async function chainOf(panel: HeldPanel, who: Person): Promise<Json[]> {
  const { entries } = done(await who.call("GET", `/panels/${panel.panelId}/audit`), 200);
  return entries.map(({ line, batch, seq }: Json) => ({ ...JSON.parse(line), batch, seq }));
}

/** All that a person can be told of a panel at all, their own receipt left out. */
async function everythingFor(who: Person, panelId: string): Promise<string> {
  const path = `/panels/${panelId}`;
  const parts = ["", "/scores", "/board", "/roster", "/consensus", "/snapshots", "/audit", "/export?format=json"];
  const cells = heldCells.map(({ policyId, criterionId }) => `/cells/${policyId}/${criterionId}`);
  const texts: string[] = [];
  for (const part of [...parts, "/export?format=csv", ...cells]) texts.push((await who.call("GET", path + part)).text);
  return texts.join("\n");
}

function secretsOf(receipts: Json[]): string[] {
  return receipts.flatMap(({ secret, commitments }) => [
    secret,
    ...commitments.map(({ commitment }: Json) => commitment),
  ]);
}

describe("at submission", () => {
  test("the receipt commits to each answer under a secret of its own", async () => {
    const panel = await aPanel(server, { reviewers: 2, cells: heldCells });
    const [first, second] = panel.reviewers as [(typeof panel.reviewers)[number], (typeof panel.reviewers)[number]];
    await give(panel, first, { ...heldCells[0]!, nonScore: "recused", rationale: "My cousin drafted it." });
    await give(panel, first, { ...heldCells[1]!, value: 2, rationale: "Because of the “audit”." });
    await submit(panel, second, 2, heldCells);
    const answer = await first.call("POST", `/panels/${panel.panelId}/submission`, {});
    const { receipt, submittedAt } = done(answer, 200);
    expect(receipt).toEqual({
      format: "concord-receipt/1",
      panelId: panel.panelId,
      round: 1,
      memberId: first.memberId,
      submittedAt,
      secret: expect.stringMatching(/^[0-9a-f]{64}$/),
      checkpoint: expect.stringMatching(new RegExp(`^concord/${panel.panelId}\n\\d+\n[A-Za-z0-9+/]{43}=\n$`)),
      commitments: [
        {
          ...heldCells[0],
          value: null,
          nonScore: "recused",
          // Why somebody is recused is told to nobody, so it binds nothing.
          rationaleHash: sha256(""),
          changeReason: null,
          afterSight: false,
          version: 1,
          commitment: expect.any(String),
        },
        {
          ...heldCells[1],
          value: 2,
          nonScore: null,
          rationaleHash: sha256("Because of the “audit”."),
          changeReason: null,
          afterSight: false,
          version: 1,
          commitment: expect.any(String),
        },
      ],
    });
    for (const one of receipt.commitments) expect(one.commitment).toBe(expectedCommitment(receipt, one));
    const { checkpoints } = done(await second.call("GET", `/panels/${panel.panelId}/audit`), 200);
    expect(checkpoints.length).toBeGreaterThan(0);

    const again = done(await first.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
    expect(again).toEqual({ submittedAt, receipt });
    const kept = await first.call("GET", `/panels/${panel.panelId}/receipt`);
    expect(kept.body).toEqual(receipt);
    expect(kept.headers.get("content-disposition")).toMatch(
      /^attachment; filename="concord-receipt-[0-9a-f]{8}-round-1\.json"/,
    );
    const other = (await second.call("GET", `/panels/${panel.panelId}/receipt`)).body;
    expect([other.memberId, other.secret === receipt.secret]).toEqual([second.memberId, false]);
    for (const round of ["2", "0", "-1", "1.5", "x"])
      expect((await first.call("GET", `/panels/${panel.panelId}/receipt?round=${round}`)).status).toBe(404);
    expect((await panel.facilitator.call("GET", `/panels/${panel.panelId}/receipt`)).status).toBe(404);
  });

  test("people who answer alike get commitments that have nothing in common", async () => {
    const panel = await aPanel(server, { reviewers: 3 });
    for (const reviewer of panel.reviewers) await submit(panel, reviewer, 1);
    const receipts = await Promise.all(
      panel.reviewers.map(async (one) => (await one.call("GET", `/panels/${panel.panelId}/receipt`)).body),
    );
    expect(new Set(secretsOf(receipts)).size).toBe(3 * (1 + twoCells.length));
  });
});

describe.each(modes)("a $mode panel's commitments", ({ mode, ...wish }) => {
  let panel: HeldPanel;
  beforeAll(async () => {
    panel = await aHeldPanel(server, { mode, ...wish } as (typeof modes)[number]);
  });

  test("reach nobody before the reveal, neither they nor their number", async () => {
    const secrets = secretsOf(panel.receipts);
    const own = await panel.reviewers[0]?.call("GET", `/panels/${panel.panelId}/receipt`);
    expect(secretsOf([own?.body]).every((secret) => secrets.includes(secret))).toBe(true);
    const outsider = await person(server, "Out Sider");
    for (const who of [...panel.reviewers, ...panel.observers, panel.facilitator, outsider]) {
      const told = await everythingFor(who, panel.panelId);
      expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
      expect(told).not.toMatch(/commit/i);
    }
    const lines = await chainOf(panel, panel.facilitator);
    const submitted = lines.filter(({ act }) => act === "review-submitted");
    expect(submitted.map(({ at: _at, batch: _batch, seq: _seq, ...line }) => line)).toEqual(
      panel.reviewers.map(() => ({ act: "review-submitted", by: "a reviewer", round: 1 })),
    );
  });

  test("enter the chain with the reveal, under the labels of the mode", async () => {
    await moveTo(panel, "discussion");
    const lines = await chainOf(panel, panel.reviewers[0]!);
    const revealed = lines.find(({ act }) => act === "round-revealed");
    const entered = lines.filter(({ act }) => /committed/.test(act));
    expect(new Set(entered.map(({ batch }) => batch))).toEqual(new Set([revealed.batch]));
    if (mode === "anonymous") {
      const sorted = panel.receipts.flatMap(({ commitments }) => commitments.map((one: Json) => one.commitment)).sort();
      expect(entered.map(({ act, commitments }) => ({ act, commitments }))).toEqual([
        { act: "round-committed", commitments: sorted },
      ]);
      return;
    }
    const cutOf = ({ commitments }: Json) =>
      commitments.map(({ policyId, criterionId, commitment }: Json) => ({ policyId, criterionId, commitment }));
    const found = new Map(entered.map(({ who, commitments }) => [canonical(commitments), who]));
    const labels = panel.receipts.map((receipt) => found.get(canonical(cutOf(receipt))));
    if (mode === "named") {
      expect(labels).toEqual(panel.reviewers.map(({ memberId }) => memberId));
      expect(entered.map(({ submittedAt }) => submittedAt).sort()).toEqual(
        panel.receipts.map(({ submittedAt }) => submittedAt).sort(),
      );
    } else {
      expect([...labels].sort()).toEqual(["Reviewer 1", "Reviewer 2", "Reviewer 3"]);
      expect(entered.map(({ who }) => who)).toEqual(["Reviewer 1", "Reviewer 2", "Reviewer 3"]);
      expect(entered.every((line) => line.submittedAt === undefined)).toBe(true);
    }
  });

  test("stand in lines that are stored as they were hashed, in the one form that a value has as text", async () => {
    const { entries } = done(await panel.reviewers[0]!.call("GET", `/panels/${panel.panelId}/audit`), 200);
    const lines: string[] = entries.map(({ line }: Json) => line);
    expect(lines.map((line) => canonical(JSON.parse(line)))).toEqual(lines);
    expect(entries.map(({ leaf }: Json) => leaf)).toEqual(lines.map((line) => sha256(`\0${line}`)));
  });

  test("are opened for the answers that files carry, and for no other", async () => {
    const { openings, scores, cellKeys } = await bundleFor(panel, panel.reviewers[1]!);
    const placeOf = (one: Json) => `${one.policyId}-${one.criterionId} ${one.who ?? one.memberId ?? one.code}`;
    expect(openings.map(placeOf)).toEqual(scores.map(placeOf));
    const expected = { named: 6, pseudonymous: 3, anonymous: 0 };
    expect(openings).toHaveLength(expected[mode]);
    // The cell with too few scores, too: that there is nothing in it is bound as well.
    expect(cellKeys).toHaveLength(2);
    const observed = await bundleFor(panel, panel.observers[0]!);
    expect([observed.openings.length, observed.cellKeys.length]).toEqual([
      expected[mode],
      mode === "anonymous" ? 0 : cellKeys.length,
    ]);
    for (const who of [...panel.reviewers, ...panel.observers, panel.facilitator]) {
      const told = await everythingFor(who, panel.panelId);
      expect(panel.receipts.filter(({ secret }) => told.includes(secret))).toEqual([]);
    }
  });

  test("are opened by no dictionary of answers, while unsalted ones would be", async () => {
    const bundle = await bundleFor(panel, panel.reviewers[1]!);
    const lines = await chainOf(panel, panel.reviewers[1]!);
    const chained = lines
      .filter(({ act }) => /committed/.test(act))
      .flatMap(({ commitments }) => commitments.map((one: Json) => one.commitment ?? one));
    expect(chained).toHaveLength(panel.reviewers.length * 2);
    const opened = new Set(openedCommitments(bundle));
    const sealed = chained.filter((one) => !opened.has(one));
    expect(sealed).toHaveLength({ named: 0, pseudonymous: 3, anonymous: 10 }[mode]);
    const guesses = dictionaryFor(panel, bundle);
    expect(attack(chained, guesses)).toEqual([]);
    const unsalted = panel.receipts.flatMap((receipt) =>
      receipt.commitments.map((one: Json) => sha256(lineOf(receipt, one))),
    );
    expect(attack(unsalted, guesses)).toEqual(unsalted);
  });
});

function lineOf({ panelId, round }: Json, { commitment: _given, ...answer }: Json): string {
  return canonical({ panelId, round, ...answer });
}

function openedCommitments(bundle: Json): string[] {
  return bundle.openings.map((opening: Json) => {
    const score = bundle.scores.find(
      (one: Json) =>
        (one.memberId ?? one.code) === opening.who &&
        one.policyId === opening.policyId &&
        one.criterionId === opening.criterionId,
    );
    const { memberId: _m, code: _c, round, rationale, submittedAt: _s, ...answer } = score;
    const line = canonical({ panelId: bundle.panel.panelId, ...answer, round, rationaleHash: sha256(rationale) });
    return hmac(Buffer.from(opening.key, "hex"), line);
  });
}

/** Every answer that anyone could have given, with every text that was written: more than an outsider could know. */
function dictionaryFor(panel: HeldPanel, bundle: Json): string[] {
  const { min, max } = bundle.rubrics[0].rubric.scale;
  const levels = Array.from({ length: max - min + 1 }, (_, index) => min + index);
  const texts = ["", "Because.", "Not mine to say.", ...panel.reviewers.map((_, index) => `Since ${index}.`)];
  const answers = [
    ...levels.map((value) => ({ value, nonScore: null })),
    ...["abstain", "cannot-judge", "recused"].map((nonScore) => ({ value: null, nonScore })),
  ];
  return heldCells.flatMap((cell) =>
    answers.flatMap((answer) =>
      texts.map((text) => {
        const rest = { rationaleHash: sha256(text), changeReason: null, afterSight: false, version: 1 };
        return canonical({ panelId: panel.panelId, round: 1, ...cell, ...answer, ...rest });
      }),
    ),
  );
}

/** Which commitments a guess gives away: by its plain hash, or under any key that is known to everyone. */
function attack(commitments: readonly string[], guesses: readonly string[]): string[] {
  const given = new Set<string>();
  const known = ["", "concord-commitment-v1", "0".repeat(64)];
  for (const guess of guesses) {
    given.add(sha256(guess));
    for (const key of known) {
      given.add(hmac(key, guess));
      given.add(hmac(Buffer.from(key, "hex"), guess));
    }
  }
  return commitments.filter((one) => given.has(one));
}

test("a reopened submission's commitments never enter; those of the next one do", async () => {
  const panel = await aHeldPanel(server, modes[1]);
  const [reviewer] = panel.reviewers as [HeldPanel["reviewers"][number]];
  const body = { memberId: reviewer.memberId, reason: "A slip of the pen." };
  done(await panel.facilitator.call("POST", `/panels/${panel.panelId}/reopenings`, body), 204);
  expect((await reviewer.call("GET", `/panels/${panel.panelId}/receipt`)).status).toBe(404);
  const path = `/panels/${panel.panelId}/scores/P1/I1`;
  done(await reviewer.call("PUT", path, { value: 8, rationale: "On second thoughts.", version: 1 }), 200);
  const { receipt } = done(await reviewer.call("POST", `/panels/${panel.panelId}/submission`, {}), 200);
  expect(receipt.secret).not.toBe(panel.receipts[0].secret);
  await moveTo(panel, "closed");
  const bundle = await bundleFor(panel, reviewer);
  const text = JSON.stringify(bundle);
  expect(secretsOf([panel.receipts[0]]).filter((secret) => text.includes(secret))).toEqual([]);
  const outcomesOf = (held: Json) =>
    verifyBundle(bundle, { receipt: held }).filter(({ outcome }) => outcome === "differs");
  expect(outcomesOf(receipt)).toEqual([]);
  expect(outcomesOf(panel.receipts[0]).map(({ name }) => name)).toEqual(["receipt, audit chain", "receipt, answers"]);
});

test("a second round has receipts of its own, and says which answers came after sight", async () => {
  const panel = await aHeldPanel(server, modes[0]);
  await moveTo(panel, "closed");
  await move(panel, "next-round", { cells: [...heldCells, ...twoCells.slice(1)] });
  const receipts: Json[] = [];
  for (const reviewer of panel.reviewers) {
    for (const cell of [...heldCells, ...twoCells.slice(1)]) await give(panel, reviewer, { ...cell, value: 1 });
    receipts.push(done(await reviewer.call("POST", `/panels/${panel.panelId}/submission`, {}), 200).receipt);
  }
  // In order of their criteria: scored before, new in this round, and abstained from before.
  expect(receipts[0].commitments.map(({ afterSight }: Json) => afterSight)).toEqual([false, true, true]);
  expect(receipts[1].commitments.map(({ afterSight }: Json) => afterSight)).toEqual([false, true, false]);
  const first = await panel.reviewers[0]?.call("GET", `/panels/${panel.panelId}/receipt?round=1`);
  expect(first?.body).toEqual(panel.receipts[0]);
  await moveTo(panel, "discussion");
  const bundle = await bundleFor(panel, panel.reviewers[2]!);
  for (const receipt of [...panel.receipts, ...receipts])
    expect(verifyBundle(bundle, { receipt }).filter(({ outcome }) => outcome !== "holds")).toEqual([]);
});

test("a key is kept from whoever is recused from its cell, until the round is closed", async () => {
  const panel = await aPanel(server, { reviewers: 4, cells: heldCells });
  const recused = panel.reviewers[0]!;
  const others = panel.reviewers.slice(1);
  await give(panel, recused, { ...heldCells[0]!, nonScore: "recused", rationale: "My cousin." });
  await submit(panel, recused, 1, heldCells.slice(1));
  for (const other of others) await submit(panel, other, 2, heldCells);
  await move(panel, "discussion");
  const keysIn = (bundle: Json) => [...bundle.openings, ...bundle.cellKeys].map(({ criterionId }: Json) => criterionId);
  const cut = await bundleFor(panel, recused);
  expect(new Set(keysIn(cut))).toEqual(new Set(["G1"]));
  expect(verifyBundle(cut).filter(({ outcome }) => outcome !== "holds")).toEqual([
    { name: "round 1, cells", outcome: "not checkable", detail: "P1-I1 is left out, as for someone recused from it" },
  ]);
  expect(new Set(keysIn(await bundleFor(panel, others[0]!)))).toEqual(new Set(["I1", "G1"]));
  await move(panel, "closed");
  const whole = await bundleFor(panel, recused);
  expect(new Set(keysIn(whole))).toEqual(new Set(["I1", "G1"]));
  expect(verifyBundle(whole).filter(({ outcome }) => outcome !== "holds")).toEqual([]);
});

test("what was given at submission cannot be changed in the database, nor taken away after the reveal", async () => {
  const panel = await aHeldPanel(server, modes[2]);
  await moveTo(panel, "discussion");
  const sql = postgres(server.databaseUrl, { max: 1 });
  for (const statement of [
    sql`update receipt set receipt = '{}' where panel_id = ${panel.panelId}`,
    sql`delete from receipt where panel_id = ${panel.panelId}`,
    sql`update opening set keys = '[]' where panel_id = ${panel.panelId}`,
    sql`delete from opening where panel_id = ${panel.panelId}`,
  ])
    await expect(statement).rejects.toThrow(/append-only|stay/);
  await sql.end();
});

describe("exports in the log", () => {
  test("tell the format and not who, and not every one within minutes", async () => {
    const panel = await aPanel(server, { reviewers: 2 });
    const path = `/panels/${panel.panelId}`;
    const exported = async () =>
      done(await panel.facilitator.call("GET", `${path}/audit`), 200)
        .entries.map(({ line }: Json) => JSON.parse(line))
        .filter(({ act }: Json) => act === "exported")
        .map(({ by, format }: Json) => [by, format]);
    const first = await bundleFor(panel, panel.reviewers[0]!);
    expect(await exported()).toEqual([["a member", "json"]]);
    // A file cannot tell of itself: the line comes behind it, and stands in the next one.
    expect(JSON.stringify(first)).not.toContain('exported\\"');
    await bundleFor(panel, panel.reviewers[1]!);
    expect(await exported()).toEqual([["a member", "json"]]);
    done(await panel.reviewers[1]!.call("GET", `${path}/export?format=csv`), 200);
    expect(await exported()).toEqual([
      ["a member", "json"],
      ["a member", "csv"],
    ]);
    expect((await panel.facilitator.call("GET", `${path}/export?format=docx`)).status).toBe(404);
    expect(await exported()).toHaveLength(2);
  });

  test("move no version, so that they wake nobody's page", async () => {
    const panel = await aPanel(server, { reviewers: 1 });
    await server.app.aggregation.drain();
    const version = async () =>
      done(await panel.facilitator.call("GET", `/panels/${panel.panelId}/version`), 200).version;
    const before = await version();
    await bundleFor(panel, panel.reviewers[0]!);
    await server.app.aggregation.drain();
    expect(await version()).toBe(before);
  });
});

test("a file taken while acts wait to be sealed is covered by its chain all the same", async () => {
  const panel = await aPanel(server, { reviewers: 6 });
  const submissions = panel.reviewers.map((reviewer) => submit(panel, reviewer, 1));
  const bundles = await Promise.all(panel.reviewers.map((reviewer) => bundleFor(panel, reviewer)));
  await Promise.all(submissions);
  for (const bundle of [...bundles, await bundleFor(panel, panel.facilitator)])
    expect(verifyBundle(bundle).filter(({ outcome }) => outcome === "differs")).toEqual([]);
});
