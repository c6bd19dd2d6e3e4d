import { describe, expect, it } from "vitest";
import { clockWords, momentWords } from "#app/components/clock.ts";
import { nextActionIn, owedFirst } from "#app/components/next-action.ts";
import { sightRows, watchSentences } from "#app/components/sight-words.ts";
import { mergeProtocol, type Preset, protocolSchema } from "#rubric/protocol.ts";
import type { PanelListEntry } from "#rubric/views.ts";

function protocolOf(preset: Preset) {
  return protocolSchema.parse(mergeProtocol(preset));
}

describe("a moment", () => {
  it("is printed with day, clock time and zone", () => {
    expect(momentWords("2026-12-11T17:05:00.000Z")).toBe("Fri 11 Dec 2026, 5:05 pm UTC");
    expect(["00:00", "11:59", "12:00"].map((time) => clockWords(`2026-12-11T${time}:00Z`))).toEqual([
      "12:00 am",
      "11:59 am",
      "12:00 pm",
    ]);
  });
});

describe("who sees what", () => {
  it("tells a drafting reviewer of a staff team that all of it is sealed, and what the reveal will show", () => {
    const rows = sightRows(
      { role: "reviewer", review: "drafting" },
      { phase: "scoring", round: 1, protocol: protocolOf("staff-team") },
    );
    expect(rows.map(({ now, afterReveal }) => [now, afterReveal])).toEqual([
      ["Shown to everyone", "Shown to everyone"],
      ["Not shown to you", "By name"],
      ["Sealed", "From 3 scores in a cell"],
      ["Not shown to you", "By name"],
      ["Not shown to you", "By name"],
    ]);
  });

  it("never names a chair who watches scores in an anonymous panel", () => {
    expect(watchSentences(protocolOf("delphi"))).toEqual([
      "Until you submit, nobody sees any of this, not even how far you are.",
      "A facilitator sees how many have submitted, and nothing else before the reveal.",
      "Other reviewers see no score of yours before the reveal.",
      "From the reveal on members see how the scores of a cell are spread, and rationales without any label.",
    ]);
  });
});

describe("the next action", () => {
  const panel: PanelListEntry = {
    panelId: "p",
    title: "Ours",
    question: "Which?",
    synthetic: false,
    role: "reviewer",
    version: 1,
    round: 1,
    phase: "scoring",
    progress: { submitted: 0, expected: 3 },
    own: { state: "drafting", complete: 14, cells: 24 },
  };

  it("counts the cells that are left, then asks to check and submit", () => {
    expect(nextActionIn(panel)).toEqual({ words: "Score 10 more cells", path: "/panels/p/score", isOwed: true });
    const done = { ...panel, own: { state: "drafting" as const, complete: 24, cells: 24 } };
    expect(nextActionIn(done)).toEqual({ words: "Check and submit", path: "/panels/p/score/check", isOwed: true });
  });

  it("puts the panels that wait for this person first, and keeps their order otherwise", () => {
    const closed = { ...panel, panelId: "closed", phase: "closed" as const };
    const other = { ...panel, panelId: "other", phase: "discussion" as const };
    expect(owedFirst([closed, other, panel]).map(({ panelId }) => panelId)).toEqual(["p", "closed", "other"]);
  });
});
