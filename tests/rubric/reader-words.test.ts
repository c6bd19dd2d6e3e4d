import { describe, expect, it } from "vitest";
import { mergeProtocol, type Preset, protocolSchema } from "#rubric/protocol.ts";
import {
  afterSubmission,
  sealedUntil,
  sealedWords,
  submissionWords,
  whoReadsPoints,
  whoReadsRationale,
  whoReadsRecusal,
  whoSeesDrafts,
} from "#rubric/reader-words.ts";

const protocolOf = (preset: Preset) => protocolSchema.parse(mergeProtocol(preset));
const inAll = <Words>(words: (protocol: ReturnType<typeof protocolOf>) => Words) =>
  (["staff-team", "rand-ucla", "delphi"] as const).map((preset) => words(protocolOf(preset)));

describe("what a reviewer is told", () => {
  it("says under the box who will read the rationale", () => {
    expect(inAll(whoReadsRationale)).toEqual([
      "On the record. Members who have submitted see it, with your name, once you do.",
      "By code; the facilitator knows who is who and reads it once you submit. Members see it under your code from the reveal on.",
      "Without names; nobody but the operator of the server could find out. Members see the text alone, without a label, from the reveal on.",
    ]);
    expect(whoReadsRationale({ ...protocolOf("staff-team"), board: "reveal" })).toBe(
      "On the record. Every member sees it, with your name, from the reveal on; the facilitator once you submit.",
    );
  });

  it("says beside the points who may read them", () => {
    expect(inAll(whoReadsPoints)).toEqual([
      "Members who have submitted may read them, with your name, once you do.",
      "Members may read them under your code from the reveal on, if at least 5 reviewers give points; the facilitator may once you submit.",
      "Nobody is asked for them.",
    ]);
    expect(whoReadsPoints({ ...protocolOf("staff-team"), board: "reveal", facilitatorView: "progress" })).toBe(
      "Every member may read them, with your name, from the reveal on.",
    );
  });

  it("names the facilitator among the readers only where the facilitator reads", () => {
    const progress = { facilitatorView: "progress" } as const;
    expect(whoReadsRationale({ ...protocolOf("staff-team"), board: "reveal", ...progress })).toBe(
      "On the record. Every member sees it, with your name, from the reveal on.",
    );
    expect(whoReadsRationale({ ...protocolOf("rand-ucla"), ...progress })).toBe(
      "By code; the facilitator knows who is who. Members see it under your code from the reveal on.",
    );
  });

  it("says who sees that a draft has begun, and who reads why someone stepped aside", () => {
    expect(inAll(whoSeesDrafts)[2]).toBe("Until you submit, nobody sees any of this, not even how far you are.");
    expect(inAll(whoReadsRecusal)).toEqual([
      "Facilitators read the reason; others see only that you are recused.",
      "Facilitators read the reason; others see only that you are recused.",
      "Nobody reads the reason.",
    ]);
  });

  it("promises the board to those who submit only where it is live", () => {
    expect(inAll(sealedUntil)).toEqual([
      "Sealed until you submit",
      "Sealed until the reveal",
      "Sealed until the reveal",
    ]);
    expect(submissionWords(protocolOf("staff-team"))).toContain("The board then opens to you");
    expect(submissionWords(protocolOf("delphi"))).toContain("revealed to everyone at once");
    expect(afterSubmission(protocolOf("staff-team"))).toContain("The board is open to you now");
    expect(afterSubmission(protocolOf("rand-ucla"))).toContain("revealed to everyone at once");
  });

  it("does not seal in words what is open already", () => {
    expect(sealedWords({ isReadingOpen: true })).toBe("Other members’ scores and rationales of this round.");
    expect(sealedWords({ isReadingOpen: false })).toContain("what the rubric’s authors wrote");
  });
});
