import { z } from "zod";
import { type Tell, tellFirst } from "./told-faults.ts";

// Readers of the input fields that many measures share. Tables may hold a million scores, so they are read by plain loops.

/** A scale as a case states it: all its levels, lowest first, used or not; `null` for a continuous scale. */
export interface StatedScale {
  readonly min: number;
  readonly max: number;
  readonly levels: readonly number[] | null;
}

/** A scale of which the levels are known. */
export interface LevelScale extends StatedScale {
  readonly levels: readonly number[];
}

/** Reviewers (rows) x items (columns); `null`: no score. */
export type Ratings = readonly (readonly (number | null)[])[];

type Check = (input: Readonly<Record<string, unknown>>, tell: Tell) => void;

/**
 * The schema of a form's input from its fields, with checks between fields. These run whatever else is wrong, so that all
 * faults are told at once; so each must bear with fields that are malformed or absent.
 */
export function inputOf<Shape extends z.ZodRawShape>(shape: Shape, ...checks: readonly Check[]) {
  const between = z.unknown().transform((input, context) => {
    if (isRecord(input)) {
      tellFirst(context, (tell) => {
        for (const check of checks) check(input, tell);
      });
    }
    return {};
  });
  return z.object(shape).and(between);
}

/** `null` levels or a list of them. */
export const scale = z
  .object({ min: z.number(), max: z.number(), levels: z.array(z.number()).nullable() })
  .superRefine(({ min, max, levels }, context) => {
    const tell = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
    if (!(min < max)) return tell(["max"], `${max} is not above the scale's min, ${min}`);
    if (levels === null) return;
    for (let index = 1; index < levels.length; index += 1) {
      if (Number(levels[index]) > Number(levels[index - 1])) continue;
      return tell(["levels", index], `${levels[index]} is not above the level before it`);
    }
    if (levels[0] !== min || levels.at(-1) !== max) tell(["levels"], `must run from ${min} to ${max}`);
  }) satisfies z.ZodType<StatedScale>;

/** For measures that count levels. */
export const levelScale = scale.transform(({ min, max, levels }, context): LevelScale => {
  if (levels !== null) return { min, max, levels };
  context.addIssue({
    code: "custom",
    path: ["levels"],
    message: "must be listed: this measure counts scores by level",
  });
  return z.NEVER;
});

/** Any table of numbers and `null`, each row as long as the first. */
export const ratings = table<Ratings>({ faultOf: faultOfScore });

/** A table of one column: the scores of one cell, by reviewer. */
export const columnOfRatings = table<Ratings>({ faultOf: faultOfScore, width: 1 });

/** How many scores each level got, lowest level first. */
export const counts = z.array(z.int().min(0).max(1e9));

/** The same, or shares or percentages. */
export const countsOrShares = z.array(z.number().min(0).max(1e12));

/** One number per reviewer, or per criterion; none is negative. */
export const weights = z.array(z.number().min(0).max(1e12));

/** More than 0, less than 1; 0.95 unless given. */
export const confidence = z.number().gt(0).lt(1).default(0.95);

/** One cell's scores by level. A continuous scale has the levels that occur. */
export function cellOf(
  { levels }: StatedScale,
  column: Ratings,
): { readonly counts: readonly number[]; readonly levels: readonly number[] } {
  const scores = column.flat().filter((score) => score !== null);
  const all = levels ?? [...new Set(scores)].sort((left, right) => left - right);
  const indexOf = new Map(all.map((level, index) => [level, index]));
  const counts = all.map(() => 0);
  for (const score of scores) {
    const index = indexOf.get(score);
    if (index !== undefined) counts[index] = (counts[index] ?? 0) + 1;
  }
  return { counts, levels: all };
}

/** Each score in `ratings` is on `scale`. */
export function scoresAreOnScale(input: Readonly<Record<string, unknown>>, tell: Tell): void {
  const read = scale.safeParse(input.scale);
  if (!read.success || !Array.isArray(input.ratings)) return;
  const faultOf = offScale(read.data);
  for (const [row, scores] of input.ratings.entries()) {
    for (const [column, score] of listOf(scores).entries()) {
      const message = faultOf(score);
      if (message !== null) tell(["ratings", row, column], message);
    }
  }
}

/** `counts` has one entry per level of `scale`. */
export function countsFitScale(input: Readonly<Record<string, unknown>>, tell: Tell): void {
  const read = levelScale.safeParse(input.scale);
  if (!read.success || !Array.isArray(input.counts)) return;
  const [got, levels] = [input.counts.length, read.data.levels.length];
  if (got !== levels) tell(["counts"], `has ${got} entries, but the scale has ${levels} levels`);
}

/** `field` has as many entries as `other`. */
export function asManyAs(field: string, other: string): Check {
  return (input, tell) => {
    const [these, those] = [input[field], input[other]];
    if (!Array.isArray(these) || !Array.isArray(those) || these.length === those.length) return;
    tell([field], `has ${these.length} entries, but ${other} has ${those.length}`);
  };
}

/** What a table must be like: as many entries in each row as in the first, or as `width` says. */
interface TableRule {
  readonly width?: number;
  /** What is wrong with an entry, or `null`. */
  readonly faultOf: (entry: unknown) => string | null;
}

/** A table that keeps the rule. The type is the caller's word for what the rule lets through. */
export function table<Table>(rule: TableRule) {
  return z
    .custom<Table>(() => true)
    .superRefine((value, context) => {
      if (!Array.isArray(value)) return context.addIssue("must be a list of rows");
      const width = rule.width ?? listOf(value[0]).length;
      tellFirst(context, (tell) => {
        for (const [row, entries] of value.entries()) {
          for (const { path, message } of faultsOfRow(entries, { ...rule, width })) tell([row, ...path], message);
        }
      });
    });
}

function faultsOfRow(entries: unknown, { width, faultOf }: Required<TableRule>) {
  if (!Array.isArray(entries)) return [{ path: [], message: "must be a row: a list" }];
  const faults: { path: number[]; message: string }[] = [];
  if (entries.length !== width) faults.push({ path: [], message: `has ${entries.length} entries instead of ${width}` });
  for (const [column, entry] of entries.entries()) {
    const message = faultOf(entry);
    if (message !== null) faults.push({ path: [column], message });
  }
  return faults;
}

function faultOfScore(entry: unknown): string | null {
  return entry === null || isNumber(entry) ? null : "must be a number or null";
}

/** Says what is wrong with a score on that scale; what is no number is told of elsewhere. */
function offScale({ min, max, levels }: StatedScale): (score: unknown) => string | null {
  if (levels === null) {
    const words = `is not on the scale from ${min} to ${max}`;
    return (score) => (isNumber(score) && (score < min || score > max) ? `${score} ${words}` : null);
  }
  const known = new Set(levels);
  return (score) => (isNumber(score) && !known.has(score) ? `${score} is not a level of the scale` : null);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
