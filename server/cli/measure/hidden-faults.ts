import type { Fault } from "./form.ts";

/** No case is nested deeper than tables of three dimensions and its own frame. */
const MOST_DEPTH = 50;

/** One object or list that has begun and not ended. */
interface Open {
  /** The keys so far; `null` in a list. */
  readonly keys: Set<string> | null;
  /** Where the walk is in it: the last key, or how many entries have ended. */
  place: string | number;
}

interface Walk {
  readonly text: string;
  readonly open: Open[];
  readonly faults: Fault[];
}

/**
 * What `JSON.parse` takes without a word, in a text that it takes: a key that stands twice in one object, of which only
 * the last would count, and nesting deeper than any case, which nothing that follows could walk.
 */
export function hiddenFaults(text: string): Fault[] {
  const walk: Walk = { text, open: [], faults: [] };
  for (let at = 0; at < text.length; at = passSign(walk, at)) {}
  return walk.faults;
}

/** Passes over what begins here; answers where the next begins. */
function passSign(walk: Walk, at: number): number {
  switch (walk.text[at]) {
    case '"':
      return passText(walk, at);
    case "{":
      return enter(walk, at, { keys: new Set(), place: "" });
    case "[":
      return enter(walk, at, { keys: null, place: 0 });
    case "}":
    case "]":
      walk.open.pop();
      return at + 1;
    case ",":
      nextEntry(walk.open.at(-1));
      return at + 1;
    default:
      return at + 1;
  }
}

/** Ends the walk where it would go too deep. */
function enter({ text, open, faults }: Walk, at: number, inner: Open): number {
  if (open.length < MOST_DEPTH) {
    open.push(inner);
    return at + 1;
  }
  faults.push({ path: pathOf(open), message: `is nested more than ${MOST_DEPTH} deep` });
  return text.length;
}

function nextEntry(list: Open | undefined): void {
  if (typeof list?.place === "number") list.place += 1;
}

/** A text with a colon behind it is a key. */
function passText({ text, open, faults }: Walk, start: number): number {
  const end = endOfText(text, start);
  const own = open.at(-1);
  if (!own?.keys || !isKey(text, end)) return end;
  const key = String(JSON.parse(text.slice(start, end)));
  own.place = key;
  if (own.keys.has(key)) faults.push({ path: pathOf(open), message: "is given twice; which of the two is meant?" });
  own.keys.add(key);
  return end;
}

function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function isKey(text: string, after: number): boolean {
  let at = after;
  while (/\s/.test(text.charAt(at))) at += 1;
  return text[at] === ":";
}

function pathOf(open: readonly Open[]): string {
  const path = open.map(({ place }) => (typeof place === "number" ? `[${place}]` : `.${place}`)).join("");
  return path.replace(/^\./, "");
}
