import type { CellConsensus } from "./reconcile.ts";
import type { CellId } from "./rubric.ts";
import { sortedByText } from "./text-order.ts";
import { cutCell, sealedReason, shown } from "./view.ts";
import type { BoardView, CellEntry, CellView, Shown } from "./views.ts";
import type { Access, Sight } from "./visibility.ts";

/** The projector's part for one cell: which of its rationales, under which labels. */

export interface CellFacts extends CellId, Pick<BoardView, "version" | "round" | "phase" | "progress"> {
  /** `null` where the round has no such cell, or its figures were not planned. */
  readonly cell: CellConsensus | null;
  readonly isRecused: boolean;
  /** Facilitators of named and pseudonymous panels read why someone is recused. */
  readonly isFacilitator: boolean;
  readonly entries: readonly CellEntryFact[];
  readonly reading: (CellView & { visible: true })["reading"];
}

export interface CellEntryFact extends Omit<CellEntry, "label" | "name"> {
  readonly name: string;
  readonly code: string | null;
  /** HMAC(panel secret, cell, text): an order that carries nothing. */
  readonly orderKey: string;
}

export function showCell(sight: Sight, facts: CellFacts): Shown<CellView> {
  const { policyId, criterionId, version, round, phase } = facts;
  const head = { policyId, criterionId, version, round, phase };
  if (sight.figures === "-" || facts.cell === null)
    return shown({ ...head, visible: false, reason: sealedReason(sight, facts) });
  if (facts.isRecused) {
    return shown({
      ...head,
      visible: false,
      reason: "You are recused from this cell; it is shown to you when the round is closed.",
    });
  }
  return shown({
    ...head,
    visible: true,
    cell: cutCell(facts.cell),
    entries: labelledEntries(sight.rationales, { ...facts, cell: facts.cell }),
    reading: sight.referenceReading === "full" ? facts.reading : null,
  });
}

/** The entries of one cell under the labels an access allows, in an order that says nothing about anyone. */
function labelledEntries(
  access: Access,
  facts: Pick<CellFacts, "entries" | "isFacilitator"> & { cell: Pick<CellConsensus, "verdict"> },
): CellEntry[] {
  const isBelowMinimum = facts.cell.verdict === "too-few";
  const options = { seesRecusals: facts.isFacilitator };
  switch (access) {
    case "name":
      return sortedByText(facts.entries, (entry) => entry.name).map((entry) =>
        entryUnder(entry, { label: entry.name, name: null }, options),
      );
    case "name and code":
      return sortedByText(facts.entries, codeOf).map((entry) =>
        entryUnder(entry, { label: codeOf(entry), name: entry.name }, options),
      );
    case "code^":
      return isBelowMinimum
        ? []
        : sortedByText(facts.entries, codeOf).map((entry) =>
            entryUnder(entry, { label: codeOf(entry), name: null }, options),
          );
    case "bare^":
      return isBelowMinimum ? [] : bareTexts(facts.entries);
    default:
      return [];
  }
}

function bareTexts(entries: readonly CellEntryFact[]): CellEntry[] {
  const texts = entries.filter((entry) => entry.rationale.trim() !== "" && entry.nonScore !== "recused");
  return sortedByText(texts, (entry) => entry.orderKey).map((entry) => ({
    ...entryUnder(entry, { label: null, name: null }, { seesRecusals: false }),
    isOwn: false,
    changeReason: null,
    afterSight: false,
  }));
}

function entryUnder(
  entry: CellEntryFact,
  who: Pick<CellEntry, "label" | "name">,
  options: { seesRecusals: boolean },
): CellEntry {
  const isSealedReason = entry.nonScore === "recused" && !options.seesRecusals && !entry.isOwn;
  return {
    label: who.label,
    name: who.name,
    isOwn: entry.isOwn,
    value: entry.value,
    nonScore: entry.nonScore,
    rationale: isSealedReason ? "" : entry.rationale,
    changeReason: entry.changeReason,
    afterSight: entry.afterSight,
  };
}

function codeOf(entry: CellEntryFact): string {
  return entry.code ?? "";
}
