/**
 * The canonical JSON text of a value after RFC 8785: keys sorted by UTF-16 code unit, no white space, shortest
 * round-trip numbers. Two equal values give the same bytes on every machine, so the text can be hashed.
 *
 * @throws RangeError for a value JSON cannot say (undefined, NaN, infinity, a function)
 * @example canonical({ b: [1, -0.5], a: "x" }) // '{"a":"x","b":[1,-0.5]}'
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new RangeError(`${value} has no JSON text`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object") return canonicalObject(value);
  throw new RangeError(`a ${typeof value} has no JSON text`);
}

function canonicalObject(value: object): string {
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  entries.sort(([left], [right]) => (left < right ? -1 : Number(left > right)));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(",")}}`;
}
