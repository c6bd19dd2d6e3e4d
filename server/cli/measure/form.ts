import type { z } from "zod";
import { type Measured, undefinedFor } from "#rubric/statistics/measured.ts";
import { moreIn } from "./told-faults.ts";

/** What is wrong with a case's input, and where: `input.ratings[2][5]`. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** One way to ask for a measure. Which one is meant follows from the input fields that are present. */
export interface Form {
  readonly measure: string;
  readonly wave: 1 | 2;
  /** What `--list` calls it. */
  readonly name: string;
  /** The input fields that must be there, and so choose this form. */
  readonly fields: readonly string[];
  /** Further input fields that it understands, `params` among them where there are any. */
  readonly optional: readonly string[];
  readonly params: readonly string[];
  /** Every key of its result, defined or `null`. */
  readonly keys: readonly string[];
  /** What is malformed, or else a way to compute the result. */
  ask(input: unknown, variant: string | null): Asked;
}

/** What is wrong: the faults that are told one by one, and how many more there are. */
export interface Faults {
  readonly faults: readonly Fault[];
  readonly more: number;
}

type Asked = Faults | { compute(): Measured<object> };

interface FormOptions<Input> extends Omit<Form, "ask"> {
  /** Says in words what is malformed. Unknown fields are warned of elsewhere and must pass. */
  readonly schema: z.ZodType<Input>;
  run(input: Input, variant: string | null): Measured<object>;
  /** Whether the input is beyond what the measure computes at all (see `limits.ts`); default: never. */
  isTooLarge?(input: NoInfer<Input>, variant: string | null): boolean;
}

export function form<Input>({ schema, run, isTooLarge, ...described }: FormOptions<Input>): Form {
  return {
    ...described,
    ask(input, variant) {
      const read = readInWords(schema, input, "input");
      if ("faults" in read) return read;
      const { data } = read;
      const isBeyond = isTooLarge?.(data, variant) === true;
      return { compute: () => (isBeyond ? undefinedFor(described.keys, "too-large") : run(data, variant)) };
    },
  };
}

/** What the schema makes of a value, or what is wrong with it in plain words. Paths start with `root`. */
export function readInWords<Data>(
  schema: z.ZodType<Data>,
  value: unknown,
  root: string,
): { readonly data: Data } | Faults {
  const read = schema.safeParse(value, { error: inWords });
  if (read.success) return { data: read.data };
  const { issues } = read.error;
  return {
    faults: issues
      .filter((issue) => moreIn(issue) === 0)
      .map(({ path, message }) => ({ path: pathOf(root, path), message })),
    more: issues.reduce((sum, issue) => sum + moreIn(issue), 0),
  };
}

/** What a schema that says nothing itself would say in its own jargon. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "is missing" : `must be ${kinds[issue.expected] ?? issue.expected}`;
    case "too_small":
      return `must be ${issue.inclusive ? "at least" : "above"} ${issue.minimum}${unitOf(issue.origin)}`;
    case "too_big":
      return `must be ${issue.inclusive ? "at most" : "below"} ${issue.maximum}${unitOf(issue.origin)}`;
    case "invalid_value":
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}`;
    default:
      return undefined;
  }
}

const kinds: Readonly<Record<string, string>> = {
  number: "a number",
  int: "a whole number",
  string: "a text",
  boolean: "true or false",
  array: "a list",
  tuple: "a list",
  object: "an object",
  record: "an object",
};

function unitOf(origin: string): string {
  return origin === "array" ? " entries long" : "";
}

function pathOf(root: string, path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return root === "" ? text.replace(/^\./, "") : `${root}${text}`;
}
