import type { Role } from "#rubric/member.ts";
import type { Protocol } from "#rubric/protocol.ts";
import { whoSeesDrafts } from "#rubric/reader-words.ts";
import type { Phase, ReviewState } from "#rubric/round.ts";
import { type Access, type Sight, sightOf, type Viewer } from "#rubric/visibility.ts";

/** One row of "who sees what": a thing, what this person sees of it now, and what after the reveal. */
export interface SightRow {
  readonly thing: string;
  readonly now: string;
  readonly afterReveal: string;
}

/** The table of visibility in words, for one person in one panel. */
export function sightRows(viewer: Viewer, at: { phase: Phase; round: number | null; protocol: Protocol }): SightRow[] {
  const now = sightOf(viewer, at);
  const later = sightOf(viewer, {
    ...at,
    round: at.round ?? 1,
    phase: at.phase === "closed" ? "closed" : "discussion",
  });
  const row = (thing: string, words: (sight: Sight) => string) => ({
    thing,
    now: words(now),
    afterReveal: words(later),
  });
  return [
    row("How many have submitted", (sight) => (sight.progress === "-" ? "Not shown" : "Shown to everyone")),
    row("Who has submitted, who is missing", (sight) => (sight.roster === "-" ? "Not shown to you" : "By name")),
    row("Figures and outcome of each cell", (sight) => figureWords(sight.figures, at.protocol)),
    row("Other people's scores", (sight) => labelWords(sight.scores, at.protocol)),
    row("Other people's rationales", (sight) => labelWords(sight.rationales, at.protocol)),
  ];
}

function figureWords(access: Access, protocol: Protocol): string {
  return access === "-" ? "Sealed" : `From ${protocol.minScores} scores in a cell`;
}

function labelWords(access: Access, protocol: Protocol): string {
  switch (access) {
    case "name":
      return "By name";
    case "code^":
      return `By code, from ${protocol.minScores} scores in a cell`;
    case "name and code":
      return "By code, and you can see the name behind each code";
    case "bare^":
      return `Without any label, from ${protocol.minScores} scores in a cell`;
    default:
      return "Not shown to you";
  }
}

/** Who reads a reviewer's scores and texts, and when: what everybody is told before the first score. */
export function watchSentences(protocol: Protocol): string[] {
  return [whoSeesDrafts(protocol), chairSentence(protocol), peerSentence(protocol), revealSentence(protocol)];
}

const scoring = { phase: "scoring", round: 1 } as const;

function chairSentence(protocol: Protocol): string {
  const chair = sightOf({ role: "facilitator", review: null }, { ...scoring, protocol });
  if (chair.scores !== "-") return "A facilitator who does not score sees submitted scores as they arrive.";
  if (chair.roster !== "-") return "A facilitator sees who has submitted, and no score before the reveal.";
  return "A facilitator sees how many have submitted, and nothing else before the reveal.";
}

function peerSentence(protocol: Protocol): string {
  const peer = sightOf({ role: "reviewer", review: "submitted" }, { ...scoring, protocol });
  if (peer.scores === "-") return "Other reviewers see no score of yours before the reveal.";
  return "Other reviewers see your scores and rationales, with your name, once you and they have submitted.";
}

function revealSentence(protocol: Protocol): string {
  const peer = sightOf({ role: "reviewer", review: "submitted" }, { phase: "discussion", round: 1, protocol });
  switch (peer.rationales) {
    case "name":
      return "From the reveal on every member sees scores and rationales by name.";
    case "code^":
      return "From the reveal on every member sees scores and rationales by code; only facilitators know who is who.";
    default:
      return "From the reveal on members see how the scores of a cell are spread, and rationales without any label.";
  }
}

/** What a role does, in one sentence. */
export function roleSentence(role: Role): string {
  switch (role) {
    case "facilitator":
      return "As a facilitator you set the panel up, invite people and move it from phase to phase.";
    case "reviewer":
      return "As a reviewer you score each policy by each criterion, on your own, and say why.";
    case "observer":
      return "As an observer you see how far the panel is, and its figures from the reveal on. You do not score.";
  }
}

/** What a person's own standing in the round is called. */
export function reviewWords(state: ReviewState | "not-started"): string {
  switch (state) {
    case "not-started":
      return "Not started";
    case "drafting":
      return "Drafting";
    case "submitted":
      return "Submitted";
    case "absent":
      return "Absent";
  }
}
