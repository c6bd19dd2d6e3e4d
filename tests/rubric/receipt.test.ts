import { describe, expect, test } from "vitest";
import { proofWords } from "#rubric/proof-words.ts";
import { commitmentKeyText, commitmentLine } from "#rubric/receipt.ts";
import { answersByCell } from "#rubric/sealed-cells.ts";
import { showAuditPage, showPoints, showReceipt, showReceiptCheck } from "#rubric/view.ts";
import { sightOf } from "#rubric/visibility.ts";
import { cell, idOf, openedAt, protocolOf } from "./panel-facts.ts";

const answer = {
  ...cell,
  value: 1,
  nonScore: null,
  rationaleHash: "a".repeat(64),
  changeReason: null,
  afterSight: false,
  version: 2,
};
const submission = { panelId: idOf(1), round: 1, memberId: idOf(10), submittedAt: openedAt, checkpoint: "c" };

describe("a commitment", () => {
  test("is made over everything of an answer, in one spelling, and over nothing else", () => {
    expect(commitmentLine(submission, { ...answer, ...{ secret: "of the row" } })).toBe(
      `{"afterSight":false,"changeReason":null,"criterionId":"I1","nonScore":null,"panelId":"${idOf(1)}","policyId":"P1","rationaleHash":"${"a".repeat(64)}","round":1,"value":1,"version":2}`,
    );
  });

  test("has a key that names reviewer, moment, checkpoint and cell", () => {
    expect(commitmentKeyText(submission, cell)).toBe(
      `concord-commitment-v1\n{"checkpoint":"c","criterionId":"I1","memberId":"${idOf(10)}","panelId":"${idOf(1)}","policyId":"P1","round":1,"submittedAt":"${openedAt}"}`,
    );
  });
});

test("a round's answers are sealed cell by cell, scores and histograms alike", () => {
  const score = { ...answer, round: 1, memberId: idOf(10), rationale: "", submittedAt: openedAt };
  const nonScores = { cannotJudge: 0, abstain: 0, recused: 0, absent: 0 };
  const histogram = { round: 1, policyId: "P1", criterionId: "I2", n: 0, counts: null, nonScores, rationales: [] };
  expect(answersByCell({ scores: [score], histograms: [histogram] })).toEqual([
    { ...cell, scores: [score], histograms: [] },
    { policyId: "P1", criterionId: "I2", scores: [], histograms: [histogram] },
  ]);
});

test("what a check shows is said for each way to be known, and what it does not", () => {
  const [named, pseudonymous, anonymous] = (["named", "pseudonymous", "anonymous"] as const).map((identity) =>
    proofWords({ identity }),
  );
  expect(named?.shows[2]).toContain("against its author’s commitment");
  expect(pseudonymous?.shows[2]).toContain("under the same code");
  expect(anonymous?.shows[2]).toContain("shows with it how they answered");
  expect([named, pseudonymous, anonymous].map((words) => words?.showsNot.length)).toEqual([4, 4, 5]);
  expect(anonymous?.showsNot.at(-1)).toContain("Which answer is whose");
});

describe("the projector", () => {
  const at = { phase: "scoring", round: 1, protocol: protocolOf("staff-team") } as const;
  const own = sightOf({ role: "reviewer", review: "submitted" }, at);
  const others = sightOf({ role: "observer", review: null }, at);
  const receipt = { ...submission, format: "concord-receipt/1" as const, secret: "b".repeat(64), commitments: [] };
  const check = { name: "secret", outcome: "holds" as const, detail: null };

  test("gives a receipt, and what came of a check, to whoever scores", () => {
    expect(showReceipt(own, receipt)).toEqual(receipt);
    expect(showReceipt(others, receipt)).toBeNull();
    const place = { seq: 3, batch: 2 };
    expect(showReceiptCheck(own, { round: 1, checks: [check], place })).toEqual({ round: 1, checks: [check], place });
    expect(showReceiptCheck(own, { round: null, checks: [], place: null })).toMatchObject({ place: null });
    expect(showReceiptCheck(others, { round: 1, checks: [check], place })).toBeNull();
  });

  test("gives one's own points with those of the round before, and to others none", () => {
    const points = { points: { I1: 70 }, version: 2, savedAt: openedAt, earlier: { round: 1, points: { I1: 50 } } };
    const of = { round: 2, submitted: false };
    expect(showPoints(own, { ...of, own: points })).toEqual({ ...of, ...points });
    expect(showPoints(own, { ...of, own: { ...points, earlier: null } })).toMatchObject({ earlier: null });
    const none = { ...of, points: {}, version: 0, savedAt: null, earlier: null };
    expect(showPoints(others, { ...of, own: points })).toEqual(none);
    expect(showPoints(own, { ...of, own: null })).toEqual(none);
  });

  test("gives the chain with its heads as people keep them", () => {
    const line = JSON.stringify({ act: "round-opened", round: 1, at: openedAt });
    const head = "c".repeat(64);
    const audit = { entries: [{ seq: 1, line, leaf: head, batch: 1 }], batches: [{ batch: 1, count: 1, head }] };
    expect(showAuditPage(idOf(1), audit)).toMatchObject({ ...audit, checkpoints: [{ act: "round-opened", round: 1 }] });
  });
});
