import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const root = new URL("../../rubric/", import.meta.url);
const files = ["statistics", "robustness", "groups"].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, root)).map((name) => `${folder}/${name}`),
);
const modules = await Promise.all(files.map((file) => import(new URL(file, root).href)));
/** Everything the measures export: what an example may call. */
const names: Record<string, unknown> = Object.assign({}, ...modules);

interface Example {
  readonly call: string;
  readonly answer: string;
}

/** The examples of a file's docstrings, `call(...) // answer`, which may run over several lines. */
function examplesIn(file: string): Example[] {
  const text = readFileSync(new URL(file, root), "utf8");
  return [...text.matchAll(/@example\s+((?:(?!\*\/|@)[\s\S])*)/g)].map(([, body = ""]) => {
    const [call = "", answer = ""] = body.replace(/\n\s*\* ?/g, " ").split(" // ");
    return { call: call.trim(), answer: answer.trim() };
  });
}

function evaluate(expression: string): unknown {
  return new Function(...Object.keys(names), `return (${expression});`)(...Object.values(names));
}

/** A value with each number as `of` gives it and typed arrays as lists. */
function plain(value: unknown, of: (number: number) => unknown): unknown {
  if (typeof value === "number") return of(value);
  if (value instanceof Float64Array || value instanceof Int32Array || value instanceof Int8Array)
    return Array.from(value, of);
  if (Array.isArray(value)) return value.map((one) => plain(one, of));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one, of)]));
}

describe.each(
  files.map((file) => ({ file, examples: examplesIn(file) })).filter(({ examples }) => examples.length > 0),
)("the examples of $file", ({ examples }) => {
  test.each(examples)("$call", ({ call, answer }) => {
    const got = plain(evaluate(call), (number) => number);
    expect(got).toEqual(plain(evaluate(answer), (number) => expect.closeTo(number, 12)));
  });
});
