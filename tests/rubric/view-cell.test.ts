import { describe, expect, test } from "vitest";
import type { Preset } from "#rubric/protocol.ts";
import { reconcile } from "#rubric/reconcile.ts";
import { cutCell } from "#rubric/view.ts";
import { type CellEntryFact, type CellFacts, showCell } from "#rubric/view-cell.ts";
import { type Sight, sightOf } from "#rubric/visibility.ts";
import { rubric } from "./board-cells.ts";
import { cell, protocolOf } from "./panel-facts.ts";

const reading = { ...cell, paraphrase: "What its authors wrote.", placement: "authors" } as const;

function aFact(number: number, parts: Partial<CellEntryFact> = {}): CellEntryFact {
  return {
    name: `Person ${number}`,
    code: `Reviewer ${11 - number}`,
    orderKey: String(9 - (number % 3)),
    isOwn: false,
    value: 1,
    nonScore: null,
    rationale: `Text ${number}.`,
    changeReason: "misread",
    afterSight: true,
    ...parts,
  };
}

const recusal = { value: null, nonScore: "recused", rationale: "My employer." } as const;
const entries = [aFact(10), aFact(2, { isOwn: true }), aFact(3, recusal), aFact(4, { rationale: " " })];

function factsOf(parts: Partial<CellFacts> = {}, counts = [0, 0, 0, 3, 3]): CellFacts {
  const tally = { counts, cannotJudge: 0, abstain: 0, recused: 1, absent: 0, reviewers: 7 };
  return {
    ...cell,
    version: 7,
    round: 1,
    phase: "discussion",
    progress: { submitted: 4, expected: 7 },
    cell: reconcile(cell, tally, { rubric, protocol: protocolOf("staff-team") }),
    isRecused: false,
    isFacilitator: false,
    entries,
    reading,
    ...parts,
  };
}

function revealed(preset: Preset, role: "reviewer" | "facilitator" | "observer" = "reviewer"): Sight {
  return sightOf({ role, review: null }, { phase: "discussion", round: 1, protocol: protocolOf(preset) });
}

/** The entries shown, each as label, name behind it, and text. */
function labels(sight: Sight, facts = factsOf()) {
  const seen = showCell(sight, facts);
  return seen.visible ? seen.entries.map(({ label, name, rationale }) => [label, name, rationale]) : null;
}

describe("the answers to one cell", () => {
  test("stand under names in a named panel, and a recusal keeps its reason", () => {
    expect(labels(revealed("staff-team"))).toEqual([
      ["Person 2", null, "Text 2."],
      ["Person 3", null, ""],
      ["Person 4", null, " "],
      ["Person 10", null, "Text 10."],
    ]);
  });

  test("tell the reason of a recusal to whoever gave it, and to facilitators", () => {
    const own = factsOf({ entries: [aFact(3, { ...recusal, isOwn: true })] });
    expect(labels(revealed("staff-team"), own)).toEqual([["Person 3", null, "My employer."]]);
    const others = factsOf({ entries: [aFact(3, recusal)], isFacilitator: true });
    expect(labels(revealed("staff-team", "facilitator"), others)).toEqual([["Person 3", null, "My employer."]]);
  });

  test("stand under codes in a pseudonymous panel; its facilitator reads the names behind them", () => {
    expect(labels(revealed("rand-ucla"))).toEqual([
      ["Reviewer 1", null, "Text 10."],
      ["Reviewer 7", null, " "],
      ["Reviewer 8", null, ""],
      ["Reviewer 9", null, "Text 2."],
    ]);
    expect(labels(revealed("rand-ucla", "facilitator"), factsOf({ isFacilitator: true }))).toEqual([
      ["Reviewer 1", "Person 10", "Text 10."],
      ["Reviewer 7", "Person 4", " "],
      ["Reviewer 8", "Person 3", "My employer."],
      ["Reviewer 9", "Person 2", "Text 2."],
    ]);
    expect(labels(revealed("rand-ucla"), factsOf({ entries: [aFact(1, { code: null })] }))).toEqual([
      ["", null, "Text 1."],
    ]);
  });

  test("are bare texts in an anonymous panel, in an order that carries nothing", () => {
    const seen = showCell(revealed("delphi"), factsOf());
    const bare = {
      label: null,
      name: null,
      isOwn: false,
      value: 1,
      nonScore: null,
      changeReason: null,
      afterSight: false,
    };
    expect(seen).toMatchObject({ visible: true });
    expect(seen.visible && seen.entries).toEqual([
      { ...bare, rationale: "Text 2." },
      { ...bare, rationale: "Text 10." },
    ]);
  });

  test("are not shown by code or bare where too few scored, and never to observers of an anonymous panel", () => {
    const few = factsOf({}, [0, 0, 0, 1, 1]);
    expect(labels(revealed("rand-ucla"), few)).toEqual([]);
    expect(labels(revealed("delphi"), few)).toEqual([]);
    expect(labels(revealed("staff-team"), few)).toHaveLength(4);
    expect(labels(revealed("delphi", "observer"))).toEqual([]);
  });
});

describe("one cell", () => {
  const head = { ...cell, version: 7, round: 1, phase: "discussion" };

  test("is shown with its figures, and with what the rubric's authors wrote of it", () => {
    const facts = factsOf({ entries: [] });
    expect(showCell(revealed("staff-team"), facts)).toEqual({
      ...head,
      visible: true,
      cell: facts.cell && cutCell(facts.cell),
      entries: [],
      reading,
    });
    const observing = sightOf(
      { role: "facilitator", review: null },
      { phase: "scoring", round: 1, protocol: protocolOf("staff-team") },
    );
    expect(showCell({ ...observing, referenceReading: "-" }, facts)).toMatchObject({ visible: true, reading: null });
  });

  test("is closed to whoever is recused from it, is not there, or waits for the reveal", () => {
    expect(showCell(revealed("staff-team"), factsOf({ isRecused: true }))).toEqual({
      ...head,
      visible: false,
      reason: "You are recused from this cell; it is shown to you when the round is closed.",
    });
    const sealed = {
      ...head,
      visible: false,
      reason:
        "Sealed for now, and revealed to everyone when the facilitator opens the discussion. You see how many have submitted: 4 of 7.",
    };
    expect(showCell(revealed("staff-team"), factsOf({ cell: null }))).toEqual(sealed);
    const observer = sightOf(
      { role: "observer", review: null },
      { phase: "scoring", round: 1, protocol: protocolOf("staff-team") },
    );
    expect(showCell(observer, factsOf())).toEqual(sealed);
  });
});
