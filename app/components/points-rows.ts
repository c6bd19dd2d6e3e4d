import type { Points } from "#rubric/points.ts";
import type { Criterion } from "#rubric/rubric.ts";
import { pointOf } from "#rubric/shares.ts";
import type { OwnPoints } from "#rubric/views.ts";
import { errorAt, type RefusalView, typedAt } from "./refusal-view.ts";
import { rowsAt, textAt } from "./typed.ts";

/** One criterion's field for swing points. */
export interface PointsRow {
  readonly criterion: Criterion;
  /** The dotted name of the row's fields; ids of criteria may be words that no field can be called. */
  readonly name: string;
  /** What stood in the field when the page was made, and what stands in it now. */
  readonly before: string;
  readonly value: string;
  readonly error: string | undefined;
}

/** The fields as they start: what was saved in this round, else what was given before, else what was typed and refused. */
export function pointsRows(
  criteria: readonly Criterion[],
  own: OwnPoints,
  refusal: RefusalView | undefined,
): PointsRow[] {
  const start = startOf(own);
  return criteria.map((criterion, index) => {
    const name = `points.${index}`;
    const before = typedAt(refusal, `${name}.before`, String(pointOf(start, criterion.id) ?? ""));
    const value = typedAt(refusal, `${name}.value`, before);
    return { criterion, name, before, value, error: errorAt(refusal, `points.${criterion.id}`) };
  });
}

/** Whether the fields hold a proposal from an earlier round that was not saved in this one. */
export function isProposal({ version, earlier }: OwnPoints): boolean {
  return version === 0 && earlier !== null;
}

function startOf({ points, version, earlier }: OwnPoints): Points {
  return version === 0 ? (earlier?.points ?? {}) : points;
}

/** What is typed, by criterion; `null` while something in it is no whole number from 0 to 100. */
export function typedPoints(criteria: readonly Criterion[], texts: readonly string[]): Points | null {
  const given = criteria.flatMap(({ id }, index) => {
    const text = texts[index]?.trim() ?? "";
    return text === "" ? [] : [[id, /^\d+$/.test(text) ? Number(text) : Number.NaN] as const];
  });
  return given.every(([, point]) => point <= 100) ? Object.fromEntries(given) : null;
}

/** The points in a form that was not accepted, for its author to copy: "I1 100, G2 40". */
export function typedWords({ typed }: RefusalView): string {
  return rowsAt(typed, "points")
    .filter((row) => textAt(row, "value").trim() !== "")
    .map((row) => `${textAt(row, "id")} ${textAt(row, "value").trim()}`)
    .join(", ");
}

/** Whether a refusal is about the points of a form that sends more than them. */
export function isAboutPoints({ status, errors }: RefusalView): boolean {
  return status === 409 || errors.some(({ path }) => path.startsWith("points."));
}

/** After a stale save: the author's own points from the other window. */
export function newerPoints(refusal: RefusalView | undefined): { points: Points; version: number } | null {
  if (refusal?.status !== 409 || !isRecord(refusal.current)) return null;
  const { points, version } = refusal.current;
  if (!isRecord(points) || typeof version !== "number") return null;
  const given = Object.entries(points).filter((entry): entry is [string, number] => typeof entry[1] === "number");
  return { points: Object.fromEntries(given), version };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
