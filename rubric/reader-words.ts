import type { Protocol } from "./protocol.ts";

/** What a protocol means for the person at the screen: who reads a text, who watches, what comes next. */

type Secrecy = Pick<Protocol, "identity" | "board" | "facilitatorView" | "minScores">;

/** Stands under the box a rationale is typed in. */
export function whoReadsRationale(protocol: Secrecy): string {
  const facilitator = protocol.facilitatorView === "scores";
  switch (protocol.identity) {
    case "named":
      if (protocol.board === "live")
        return "On the record. Members who have submitted see it, with your name, once you do.";
      return `On the record. Every member sees it, with your name, from the reveal on${facilitator ? "; the facilitator once you submit" : ""}.`;
    case "pseudonymous":
      return `By code; the facilitator knows who is who${facilitator ? " and reads it once you submit" : ""}. Members see it under your code from the reveal on.`;
    case "anonymous":
      return "Without names; nobody but the operator of the server could find out. Members see the text alone, without a label, from the reveal on.";
  }
}

/** Stands beside the fields for swing points. */
export function whoReadsPoints(protocol: Secrecy): string {
  const chair = protocol.facilitatorView === "scores" ? "; the facilitator may once you submit" : "";
  switch (protocol.identity) {
    case "named":
      if (protocol.board === "live") return "Members who have submitted may read them, with your name, once you do.";
      return `Every member may read them, with your name, from the reveal on${chair}.`;
    case "pseudonymous":
      return `Members may read them under your code from the reveal on, if at least ${protocol.minScores} reviewers give points${chair}.`;
    case "anonymous":
      return "Nobody is asked for them.";
  }
}

/** Who watches while a reviewer has not submitted. */
export function whoSeesDrafts(protocol: Secrecy): string {
  if (protocol.identity === "anonymous") return "Until you submit, nobody sees any of this, not even how far you are.";
  return "Until you submit, the facilitator sees only how many cells you have filled.";
}

/** Who reads why someone is recused. */
export function whoReadsRecusal(protocol: Secrecy): string {
  return protocol.identity === "anonymous"
    ? "Nobody reads the reason."
    : "Facilitators read the reason; others see only that you are recused.";
}

/** Until when the others' scores of this round are sealed from a reviewer. */
export function sealedUntil(protocol: Secrecy): string {
  return protocol.board === "live" ? "Sealed until you submit" : "Sealed until the reveal";
}

/** What is sealed from a reviewer who has not submitted. */
export function sealedWords({ isReadingOpen }: { isReadingOpen: boolean }): string {
  const scores = "Other members’ scores and rationales of this round";
  if (isReadingOpen) return `${scores}.`;
  return `${scores}; and until you submit, what the rubric’s authors wrote about this policy, if anything.`;
}

/** What submitting does, for someone about to. */
export function submissionWords(protocol: Secrecy): string {
  const locks = "Submitting locks your scores and rationales of this round.";
  if (protocol.board === "live") return `${locks} The board then opens to you, and yours appear on it under your name.`;
  return `${locks} Scores are revealed to everyone at once, when the facilitator opens the discussion.`;
}

/** What a reviewer can expect after submitting. */
export function afterSubmission(protocol: Secrecy): string {
  if (protocol.board === "live")
    return "The board is open to you now, with the scores and rationales of everyone who has submitted.";
  return "Scores are revealed to everyone at once, when the facilitator opens the discussion.";
}
