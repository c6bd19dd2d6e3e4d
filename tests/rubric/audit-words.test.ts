import { expect, test } from "vitest";
import { auditSentence } from "#rubric/audit-words.ts";
import type { AuditLine } from "#rubric/event.ts";

const names = new Map([["m1", "Ada"]]);
const at = "2026-11-23T10:00:00.000Z";

function said(line: object, by = "m1"): string {
  return auditSentence(JSON.stringify({ at, by, ...line }), names).sentence;
}

test.each<[string, Partial<AuditLine>]>([
  ["Created the panel.", { act: "panel-created" }],
  ["Changed the set-up.", { act: "set-up-changed" }],
  ["Invited a reviewer.", { act: "member-invited", role: "reviewer" }],
  ["Invited an observer.", { act: "member-invited", role: "observer" }],
  ["Grace joined as facilitator.", { act: "member-joined", name: "Grace", role: "facilitator" }],
  ["A member left.", { act: "member-left", memberId: "m2" }],
  [
    "Opened round 2 with 8 cells; protocol and rubric fixed by their hashes.",
    { act: "round-opened", round: 2, cells: 8 },
  ],
  ["Submitted round 1.", { act: "review-submitted", round: 1 }],
  ["Reopened a submission of round 1: a slip", { act: "submission-reopened", round: 1, reason: "a slip" }],
  [
    "Revealed round 1: 3 of 4 submitted, 1 absent.",
    { act: "round-revealed", round: 1, submitted: 3, expected: 4, absent: 1 },
  ],
  ["Closed round 1 with snapshot 2.", { act: "round-closed", round: 1, snapshot: 2 }],
  [
    "Entered the 1 commitment of Ada, round 1.",
    {
      act: "review-committed",
      round: 1,
      who: "m1",
      commitments: [{ policyId: "P1", criterionId: "I1", commitment: "c" }],
    },
  ],
  [
    "Entered the 0 commitments of Reviewer 4, round 1.",
    { act: "review-committed", round: 1, who: "Reviewer 4", commitments: [] },
  ],
  ["Entered 2 commitments of round 1, sorted by value.", { act: "round-committed", round: 1, commitments: ["a", "b"] }],
  ["Made a file of the panel (zip).", { act: "exported", format: "zip" }],
  [
    "Put back from a backup made at 2026-11-23T08:00:00.000Z, when the chain ended with line 7. Whatever came after that moment is not in this record.",
    { act: "restored", backedUpAt: "2026-11-23T08:00:00.000Z", seq: 7 },
  ],
  [
    "Departure from the protocol: Fewer than half have submitted: 1 of 4. Time is up.",
    { act: "deviation", sentence: "Fewer than half have submitted: 1 of 4.", reason: "Time is up." },
  ],
  [
    "Departure from the protocol: Fewer than half have submitted: 1 of 4.",
    { act: "deviation", sentence: "Fewer than half have submitted: 1 of 4.", reason: "" },
  ],
])("%s", (sentence, line) => {
  expect(said(line)).toBe(sentence);
});

test("a line says when, and by whom: a member by name, whoever left as a former member, a hidden one as a reviewer", () => {
  const line = (by: string) => auditSentence(JSON.stringify({ at, by, act: "set-up-changed" }), names);
  expect(line("m1")).toEqual({ at, by: "Ada", sentence: "Changed the set-up." });
  expect(line("m9").by).toBe("a former member");
  expect(line("a reviewer").by).toBe("a reviewer");
});
