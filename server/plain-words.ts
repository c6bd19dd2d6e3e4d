import type { z } from "zod";

/** What is wrong with a value, for the person who gave it, wherever its schema has no words of its own. */
export function plainWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined || issue.input === null ? "Fill this in." : kindWords(issue.expected);
    case "invalid_value":
      return `Use ${inWords(issue.values.map((value) => JSON.stringify(value)))}.`;
    case "too_big":
      return `Use ${sizeWords("at most", { bound: issue.maximum, of: issue.origin })}.`;
    case "too_small":
      if (issue.origin === "string" && issue.input === "") return "Fill this in.";
      return `Use ${sizeWords("at least", { bound: issue.minimum, of: issue.origin })}.`;
    case "invalid_format":
      return "This is not in the form that is expected here.";
    default:
      return "This value is not possible here.";
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: "Use a text.",
  number: "Use a number.",
  int: "Use a whole number.",
  boolean: "Use true or false.",
  array: "Use a list.",
  object: "Use an object with named fields.",
};

function kindWords(expected: string): string {
  return kinds[expected] ?? "This is the wrong kind of value.";
}

function sizeWords(bound: string, size: { bound: number | bigint; of: string }): string {
  const units: Readonly<Record<string, string>> = { string: " characters", array: " entries" };
  return `${bound} ${size.bound}${units[size.of] ?? ""}`;
}

function inWords(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
