import { z } from "zod";
import type { Measured } from "#rubric/statistics/measured.ts";
import { type Fault, type Faults, type Form, readInWords } from "./form.ts";
import { forms } from "./forms.ts";

/** A case as read: what is wrong with it, what of it nothing reads, and a way to its result if nothing is wrong. */
export interface ReadCase extends Faults {
  readonly id: string | number;
  readonly warnings: readonly Fault[];
  readonly question: Question | null;
}

interface Question {
  readonly measure: string;
  readonly variant: string | null;
  compute(): Measured<object>;
}

type Input = Readonly<Record<string, unknown>>;

const id = z.union([z.string(), z.number()], "must be a text");
const envelope = z.object({
  id: id.nullish(),
  measure: z.string().superRefine((name, context) => {
    if (forms.some(({ measure }) => measure === name)) return;
    context.addIssue(`${JSON.stringify(name)} is not a measure: concord measure --list names them`);
  }),
  variant: z.string().nullish(),
  input: z.record(z.string(), z.unknown()),
});

/** Reads the case at a place in its list. */
export function readCase(value: unknown, index: number): ReadCase {
  const idRead = z.object({ id }).safeParse(value);
  const unread = {
    id: idRead.success ? idRead.data.id : `#${index}`,
    faults: [],
    more: 0,
    warnings: [],
    question: null,
  };
  const read = readInWords(envelope, value, "");
  if ("faults" in read) return { ...unread, ...read };
  const { measure, input, variant = null } = read.data;
  const own = forms.filter((form) => form.measure === measure);
  const form = own.find(({ fields }) => fields.every((field) => Object.hasOwn(input, field)));
  if (form === undefined) return { ...unread, faults: [{ path: "input", message: fieldsWanted(own) }] };
  const asked = form.ask(known(form, input), variant);
  const told = { ...unread, warnings: unknownKeys(form, input) };
  return "faults" in asked ? { ...told, ...asked } : { ...told, question: { measure, variant, ...asked } };
}

/** The input without what the form does not read: that must change nothing, not even the seed made from the input. */
function known({ fields, optional, params }: Form, input: Input): Input {
  const kept = only([...fields, ...optional], input);
  return isRecord(kept.params) ? { ...kept, params: only(params, kept.params) } : kept;
}

function unknownKeys({ measure, fields, optional, params }: Form, input: Input): Fault[] {
  const read = [...fields, ...optional];
  const keys = Object.keys(input).filter((key) => !read.includes(key));
  const names = isRecord(input.params) && read.includes("params") ? Object.keys(input.params) : [];
  const paths = [...keys, ...names.filter((name) => !params.includes(name)).map((name) => `params.${name}`)];
  return paths.map((path) => ({ path: `input.${path}`, message: `is not read by ${measure} and changes nothing` }));
}

function only(keys: readonly string[], from: Input): Input {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
}

function fieldsWanted(own: readonly Form[]): string {
  return `must hold ${own.map(({ fields }) => fields.join(", ")).join("; or ")}`;
}

function isRecord(value: unknown): value is Input {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
