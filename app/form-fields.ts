import type { Typed, TypedField } from "./components/typed.ts";

const part = /^(0|[1-9]\d{0,3}|[A-Za-z][A-Za-z0-9_-]*)$/;
const forbidden = new Set(["__proto__", "constructor", "prototype"]);

/** No field of ours has more: `rubric.criteria.0.effect.low`. */
const mostParts = 6;
/** One row more than the schema takes, so that too many are refused in words; drawing thousands would take seconds. */
const mostRows: Readonly<Record<string, number>> = { policies: 201, "rubric.criteria": 41 };
const mostOtherRows = 21;

/**
 * Entries with dotted names as one nested object. A name met twice makes a list. Names with a part that is no plain
 * word or number or with too many parts, files, and names that run into each other (`a` and `a.b`) are left out.
 */
export function fieldsOf(entries: Iterable<readonly [string, unknown]>): Typed {
  const tree: Branch = new Map();
  for (const [name, value] of entries) {
    const path = name.split(".");
    if (typeof value === "string" && path.length <= mostParts && path.every(isSafe)) plant(tree, path, value);
  }
  return objectOf(tree, "");
}

type Branch = Map<string, Branch | string[]>;

function isSafe(name: string): boolean {
  return part.test(name) && !forbidden.has(name);
}

function plant(tree: Branch, path: readonly string[], value: string): void {
  const [head, ...rest] = path;
  if (head === undefined) return;
  const at = tree.get(head);
  if (rest.length === 0) {
    if (Array.isArray(at)) at.push(value);
    else if (at === undefined) tree.set(head, [value]);
    return;
  }
  if (Array.isArray(at)) return;
  const branch: Branch = at ?? new Map();
  tree.set(head, branch);
  plant(branch, rest, value);
}

function objectOf(tree: Branch, path: string): Typed {
  return Object.fromEntries([...tree].map(([name, at]) => [name, fieldOf(at, path === "" ? name : `${path}.${name}`)]));
}

function fieldOf(at: Branch | string[], path: string): TypedField {
  if (Array.isArray(at)) return at.length === 1 ? (at[0] ?? "") : at;
  const names = [...at.keys()];
  if (!names.every((name) => /^\d+$/.test(name))) return objectOf(at, path);
  const rows = names.sort((left, right) => Number(left) - Number(right)).slice(0, mostRows[path] ?? mostOtherRows);
  return rows.map((name) => fieldOf(at.get(name) ?? [], `${path}.${name}`));
}

/** Blank means not given. What is no number is kept as it is, for the schema to refuse. */
export function numberOf(field: TypedField | undefined): number | string | undefined {
  const text = typeof field === "string" ? field.trim().replace("\u2212", "-") : "";
  if (text === "") return undefined;
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** Blank means not given. */
export function optionalText(field: TypedField | undefined): string | undefined {
  return typeof field === "string" && field.trim() !== "" ? field : undefined;
}

/** Whether a box was ticked. */
export function isTicked(field: TypedField | undefined): boolean {
  return field !== undefined && field !== "";
}
