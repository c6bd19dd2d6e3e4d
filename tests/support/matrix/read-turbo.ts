/**
 * The value in a single-fetch answer. Its first line is a flat list: places stand for values, negative ones for those
 * JSON does not have, and lists that begin with a word for types of their own.
 */
export function readTurbo(text: string): unknown {
  const [line = "[]"] = text.split("\n", 1);
  const flat: unknown[] = JSON.parse(line);
  const known = new Map<number, unknown>();
  const at = (place: number): unknown => {
    if (place < 0) return null;
    if (!known.has(place)) known.set(place, unfold(flat[place]));
    return known.get(place);
  };
  const unfold = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      const isTyped = typeof value[0] === "string";
      return (isTyped ? value.slice(1) : value).map((one) => (typeof one === "number" ? at(one) : one));
    }
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, place]) => [String(at(Number(key.slice(1)))), at(Number(place))]),
    );
  };
  return at(0);
}
