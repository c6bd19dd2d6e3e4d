import type { Member } from "#rubric/member.ts";
import { savePoints } from "#server/commands/save-points.ts";
import { submitRound } from "#server/commands/submit-round.ts";
import { checkPath } from "./components/cell-path.ts";
import { rowsAt, type Typed, textAt } from "./components/typed.ts";
import { numberOf } from "./form-fields.ts";
import type { Form } from "./request.server.ts";

/**
 * Does what a button of the check page asks, and answers where to go next. Points that were typed and not yet saved are
 * saved before the round is submitted; a proposal from an earlier round that nobody touched is not.
 */
export async function submitSheet({ app, fields, intent }: Form, member: Member): Promise<string> {
  if (intent === "save-points") {
    await savePoints(app, member, pointsInputOf(fields));
    return `${checkPath(member)}#points`;
  }
  if (hasTypedPoints(fields)) {
    // One key stands for one write, and this request does two.
    const once = app.once && { ...app.once, key: `${app.once.key} points` };
    await savePoints({ ...app, once }, member, pointsInputOf(fields));
  }
  await submitRound(app, member);
  return checkPath(member);
}

function pointsInputOf(fields: Typed): unknown {
  const points = rowsAt(fields, "points").map((row) => [textAt(row, "id"), numberOf(row.value) ?? null]);
  return { points: Object.fromEntries(points), version: numberOf(fields.pointsVersion) ?? 0 };
}

function hasTypedPoints(fields: Typed): boolean {
  return rowsAt(fields, "points").some((row) => textAt(row, "value").trim() !== textAt(row, "before"));
}
