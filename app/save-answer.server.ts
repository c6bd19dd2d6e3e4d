import type { Member } from "#rubric/member.ts";
import { type CellId, cellKey } from "#rubric/rubric.ts";
import type { PanelView, SheetView } from "#rubric/views.ts";
import { recordScore } from "#server/commands/record-score.ts";
import { recuseFromPolicy } from "#server/commands/recuse-from-policy.ts";
import { readPanel } from "#server/queries/read-panel.ts";
import { readSheet } from "#server/queries/read-sheet.ts";
import { notFound } from "#server/refusal.ts";
import { scoringCell } from "./components/scoring-cell.ts";
import { fieldAt, type Typed, textAt } from "./components/typed.ts";
import { numberOf, optionalText } from "./form-fields.ts";
import { nonScoreOf } from "./hooks/draft-parts.ts";
import type { Form } from "./request.server.ts";

/** Does what a button of the scoring page asks, and answers where to go next. For pages without scripts. */
export async function saveAnswer({ app, fields, intent }: Form, member: Member): Promise<string> {
  const before = await readSheet(app, member);
  const cell = before.scope.find((one) => cellKey(one) === textAt(fields, "cell"));
  if (cell === undefined) throw notFound();
  if (intent === "recuse") {
    await recuseFromPolicy(app, member, { policyId: cell.policyId, reason: textAt(fields, "reason") });
  } else {
    await recordScore(app, member, { ...cell, input: inputFor(intent, fields, earlierOf(before, cell)) });
  }
  const [panel, sheet] = await Promise.all([readPanel(app, member), readSheet(app, member)]);
  return onward(panel, { sheet, cell, intent });
}

type Earlier = SheetView["earlier"][number] | undefined;

function earlierOf({ earlier }: SheetView, cell: CellId): Earlier {
  return earlier.find((score) => cellKey(score) === cellKey(cell));
}

function inputFor(intent: string, fields: Typed, earlier: Earlier): unknown {
  const version = numberOf(fields.version) ?? 0;
  if (intent === "take-back") return { rationale: "", version };
  if (intent !== "keep") return typedInput(fields, version);
  if (earlier === undefined) throw notFound();
  const { value, nonScore, rationale } = earlier;
  return { value, nonScore, rationale, version };
}

function typedInput(fields: Typed, version: number | string): unknown {
  const nonScore = nonScoreOf(fields.answer);
  const code = optionalText(fieldAt(fields, "changeReason.code"));
  const note = optionalText(fieldAt(fields, "changeReason.note"));
  return {
    value: nonScore === null ? numberOf(fields.answer) : null,
    nonScore,
    rationale: textAt(fields, "rationale"),
    changeReason: code === undefined ? null : { code, ...(note === undefined ? {} : { note }) },
    version,
  };
}

function onward(panel: PanelView, done: { sheet: SheetView; cell: CellId; intent: string }): string {
  const at = scoringCell(panel, done.sheet, cellKey(done.cell));
  if (at === null) throw notFound();
  switch (done.intent) {
    case "previous":
      return at.previous ?? at.self;
    case "save":
    case "keep":
    case "take-back":
      return at.self;
    default:
      return at.next;
  }
}
