import fc from "fast-check";
import { deepMark, hostileText, hostileValue } from "./hostile.ts";

/** What is done to a value before it is sent: any number of these, one after the other. */
type Change =
  | { readonly does: "replace"; readonly at: number; readonly by: unknown }
  | { readonly does: "leave-out"; readonly at: number }
  | { readonly does: "add"; readonly at: number; readonly name: string; readonly value: unknown }
  | { readonly does: "repeat"; readonly at: number; readonly times: number };

const place = fc.nat({ max: 60 });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ does: fc.constant("replace" as const), at: place, by: hostileValue }),
  fc.record({ does: fc.constant("leave-out" as const), at: place }),
  fc.record({
    does: fc.constant("add" as const),
    at: place,
    name: fc.oneof(fc.constantFrom("__proto__", "constructor", "prototype", "toJSON", "length", "extra"), hostileText),
    value: hostileValue,
  }),
  fc.record({ does: fc.constant("repeat" as const), at: place, times: fc.integer({ min: 2, max: 300 }) }),
);

export const changes: fc.Arbitrary<Change[]> = fc.oneof(
  { arbitrary: fc.constant<Change[]>([]), weight: 1 },
  { arbitrary: fc.array(change, { minLength: 1, maxLength: 3 }), weight: 4 },
);

type Path = readonly (string | number)[];

/** The value with these changes, each at the place of that number, counted through all its parts. */
export function changed(value: unknown, all: readonly Change[]): unknown {
  return all.reduce((so, one) => {
    const paths = pathsIn(so);
    return changedAt(so, paths[one.at % paths.length] ?? [], (part) => applied(part, one));
  }, value);
}

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null || path.length > 12) return [path];
  const inner = Array.isArray(value)
    ? value.slice(0, 12).flatMap((part, index) => pathsIn(part, [...path, index]))
    : Object.entries(value).flatMap(([name, part]) => pathsIn(part, [...path, name]));
  return [path, ...inner];
}

const leftOut = Symbol("left out");

function changedAt(value: unknown, path: Path, act: (part: unknown) => unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) {
    const result = act(value);
    return result === leftOut ? undefined : result;
  }
  if (Array.isArray(value)) return value.map((part, index) => (index === head ? changedAt(part, rest, act) : part));
  if (typeof value !== "object" || value === null) return value;
  return withoutPrototype(
    Object.entries(value).map(([name, part]) => [name, name === head ? changedAt(part, rest, act) : part]),
  );
}

function applied(part: unknown, one: Change): unknown {
  switch (one.does) {
    case "replace":
      return one.by;
    case "leave-out":
      return leftOut;
    case "add":
      return typeof part === "object" && part !== null && !Array.isArray(part)
        ? withoutPrototype([...Object.entries(part), [one.name, one.value]])
        : { [one.name]: one.value };
    case "repeat":
      return Array.isArray(part) && part.length > 0
        ? Array.from({ length: Math.min(2_000, part.length * one.times) }, (_, index) => part[index % part.length])
        : [part, part];
  }
}

/** `__proto__` becomes a key like any other, as it is in JSON. */
function withoutPrototype(entries: readonly (readonly [string, unknown])[]): object {
  const made = {};
  for (const [name, value] of entries) {
    Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return made;
}

/** What is done to the text of a body: cut, and a byte put in. */
export interface Damage {
  readonly keep: number;
  readonly at: number;
  readonly insert: string;
}

export const damage: fc.Arbitrary<Damage | null> = fc.oneof(
  { arbitrary: fc.constant(null), weight: 8 },
  {
    arbitrary: fc.record({
      keep: fc.double({ min: 0, max: 1, noNaN: true }),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      insert: fc.constantFrom("", "\u0000", "\u00ff", "\u00c3", '"', "{", ",", "\\u", "\\ud800", "}", " "),
    }),
    weight: 1,
  },
);

/** As bytes, one a character. */
export function bytesOf(value: unknown, harm: Damage | null): string {
  const json = JSON.stringify(value) ?? "";
  const deep = json.replace(`"${deepMark}"`, () => "[".repeat(15_000) + "]".repeat(15_000));
  const text = Buffer.from(deep, "utf8").toString("latin1");
  if (harm === null) return text;
  const cut = text.slice(0, Math.ceil(text.length * harm.keep));
  const at = Math.floor(cut.length * harm.at);
  return cut.slice(0, at) + harm.insert + cut.slice(at);
}
