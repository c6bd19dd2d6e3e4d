import type { z } from "zod";
import { plainWords } from "./plain-words.ts";
import { type FieldError, invalid } from "./refusal.ts";

/**
 * The input as its schema understands it.
 * @throws Refusal 422 with one entry for each field at fault
 */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input, { error: plainWords });
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap(fieldErrors);
  const count = errors.length === 1 ? "1 field needs" : `${errors.length} fields need`;
  throw invalid(`${count} another look.`, errors);
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const path = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: path === "" ? key : `${path}.${key}`, message: "Unknown field." }));
  }
  return [{ path, message: issue.message }];
}
