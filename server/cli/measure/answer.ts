import type { Reason } from "#rubric/statistics/measured.ts";
import type { Fault, Faults } from "./form.ts";
import { type ReadCase, readCase } from "./read-case.ts";
import { firstLines, MOST_TOLD } from "./told-faults.ts";

/** A case and what came of it. */
interface Answer {
  readonly id: string | number;
  readonly measure: string;
  readonly variant: string | null;
  readonly result: object;
  readonly reasons?: Readonly<Record<string, Reason>>;
}

/** The answers in the order of the cases, or what is wrong with them; and what of them nothing reads. One line each. */
interface Answered {
  readonly answers: readonly Answer[];
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
}

/** Answers one case or a list of them. Nothing is computed unless every case is well-formed. */
export function answer(value: unknown): Answered {
  if (typeof value !== "object" || value === null) {
    return { answers: [], faults: ["must be a case, which is an object, or a list of cases"], warnings: [] };
  }
  const cases = (Array.isArray(value) ? value : [value]).map(readCase);
  const warnings = linesOf(
    cases.map(({ id, warnings }) => ({ id, faults: warnings, more: 0 })),
    "warnings",
  );
  const malformed = linesOf(cases, "faults");
  if (malformed.length > 0) return { answers: [], faults: malformed, warnings };
  const answers = cases.flatMap(answerOf);
  const overflown = answers.map(({ id, result }) => ({ id, faults: notFinite(result, "result"), more: 0 }));
  const faults = linesOf(overflown, "faults");
  return { answers: faults.length > 0 ? [] : answers, faults, warnings };
}

/** One line each, and beyond the first hundred how many more there are. */
function linesOf(cases: readonly (Faults & Pick<ReadCase, "id">)[], what: "faults" | "warnings"): string[] {
  const lines: string[] = [];
  let all = 0;
  for (const { id, faults, more } of cases) {
    all += faults.length + more;
    for (const fault of faults.slice(0, MOST_TOLD - lines.length)) lines.push(lineOf(id, fault));
  }
  return firstLines(lines, all, what);
}

function answerOf({ id, question }: ReadCase): Answer[] {
  if (question === null) return [];
  const { measure, variant } = question;
  const { values, reasons } = question.compute();
  const hasReasons = Object.keys(reasons).length > 0;
  return [{ id, measure, variant, result: values, ...(hasReasons ? { reasons } : {}) }];
}

function lineOf(id: string | number, { path, message }: Fault): string {
  return `case ${id}: ${path === "" ? "" : `${path}: `}${message}`;
}

/** Numbers that JSON cannot say, as the scores were too large or lay too close together for a double. */
function notFinite(value: unknown, path: string): Fault[] {
  if (typeof value === "number") {
    return Number.isFinite(value) ? [] : [{ path, message: "the numbers are too large or too small to compute with" }];
  }
  if (Array.isArray(value)) return value.flatMap((entry, index) => notFinite(entry, `${path}[${index}]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => notFinite(entry, `${path}.${key}`));
}
