import type { z } from "zod";

/** Takes a fault: where it is, and what is wrong. */
export type Tell = (path: readonly (string | number)[], message: string) => void;

/** So many faults of a table, and of a file, are told one by one; of the others, how many there are. */
export const MOST_TOLD = 100;

/**
 * Runs a check that may find a fault in every entry of a table of millions. Beyond the first hundred it only counts: a
 * last issue without words says in `params.more` how many more there are.
 */
export function tellFirst(context: z.RefinementCtx, check: (tell: Tell) => void): void {
  let found = 0;
  check((path, message) => {
    found += 1;
    if (found <= MOST_TOLD) context.addIssue({ code: "custom", path: [...path], message });
  });
  if (found > MOST_TOLD)
    context.addIssue({ code: "custom", path: [], message: "", params: { more: found - MOST_TOLD } });
}

/** The first hundred lines, and one that says how many of all there are more. */
export function firstLines(lines: readonly string[], all: number, what: "faults" | "warnings"): string[] {
  const first = lines.slice(0, MOST_TOLD);
  return all > first.length ? [...first, `${all - first.length} more ${what}`] : first;
}

/** How many faults an issue stands for without telling them. */
export function moreIn(issue: z.core.$ZodIssue): number {
  const more: unknown = issue.code === "custom" ? issue.params?.more : 0;
  return typeof more === "number" ? more : 0;
}
