import {
  announce,
  type Cell,
  cells,
  type Entry,
  isAnswered,
  levels,
  type Panel,
  type Review,
  reviewOf,
  roundOf,
  type Save,
  type Who,
} from "./panel.ts";
import { again, done, type Ruling, refused } from "./ruling.ts";

/** A reviewer's own sheet: a private draft until it is submitted, and locked from then on. */

/** A draft counts nowhere, is announced to nobody, and leaves no line. */
export function save(panel: Panel, deed: Save): Ruling {
  const held = deed.key === undefined ? undefined : panel.keys.get(keyName(deed));
  if (deed.value !== null && deed.nonScore !== null) return refused(422, "a score or a reason for none, not both");
  if (held)
    return requestOf(held) === requestOf(deed) ? again(keyName(deed)) : refused(422, "a key for another request");
  const cell = cells.find((one) => one === deed.cell);
  if (cell === undefined) return refused(404, "the rubric has no such cell");
  const review = openSheet(panel, deed.by);
  if (review === null) return refused(403, "the sheet is not open");
  if (!roundOf(panel)?.scope.includes(cell)) return refused(403, "the round does not have this cell");
  if (deed.value !== null && !levels.includes(deed.value)) return refused(422, "off the scale");
  const before = review.sheet.get(cell)?.version ?? 0;
  if (deed.seen !== before) return refused(409, "a newer version is there");
  const { value, nonScore, rationale, hasReason } = deed;
  const name = deed.key === undefined ? undefined : keyName(deed);
  const change = (after: Panel) => {
    reviewOf(after, deed.by)?.sheet.set(cell, { value, nonScore, rationale, hasReason, version: before + 1 });
    if (name !== undefined) after.keys.set(name, deed);
  };
  return done(200, change, name);
}

export interface GivePoints {
  readonly kind: "give points";
  readonly by: Who;
  readonly row: Readonly<Record<string, number>>;
  readonly seen: number;
}

/** Swing points are part of the sheet; an anonymous panel asks for none. */
export function givePoints(panel: Panel, deed: GivePoints): Ruling {
  if (panel.terms.identity === "anonymous") return refused(403, "an anonymous panel asks for none");
  const review = openSheet(panel, deed.by);
  if (review === null) return refused(403, "the sheet is not open");
  if (Object.keys(deed.row).some((id) => id !== "C1" && id !== "C2")) return refused(422, "no such criterion");
  if (deed.seen !== review.points.version) return refused(409, "a newer version is there");
  return done(200, (after) => {
    const own = reviewOf(after, deed.by);
    if (own) own.points = { row: deed.row, version: own.points.version + 1 };
  });
}

/** Says to somebody else's cell: a body cannot name a person. */
export interface WriteForAnother {
  readonly kind: "write for another";
  readonly by: Who;
  readonly other: Who;
}

export function writeForAnother(_panel: Panel, _deed: WriteForAnother): Ruling {
  return refused(422, "whose cell it is comes from who is signed in");
}

export interface RecuseFromPolicy {
  readonly kind: "recuse from a policy";
  readonly by: Who;
  readonly policy: "P1" | "P2";
  readonly reason: string;
}

/** Each of the policy's cells in the round becomes `recused`, as a draft. */
export function recuseFromPolicy(panel: Panel, { by, policy, reason }: RecuseFromPolicy): Ruling {
  if (reason.trim() === "") return refused(422, "say why");
  const open = (roundOf(panel)?.scope ?? []).filter((cell) => cell.startsWith(policy));
  if (open.length === 0) return refused(404, "the round has no cell of it");
  if (openSheet(panel, by) === null) return refused(403, "the sheet is not open");
  return done(200, (after) => {
    const sheet = reviewOf(after, by)?.sheet;
    for (const cell of open) {
      const version = (sheet?.get(cell)?.version ?? 0) + 1;
      sheet?.set(cell, { value: null, nonScore: "recused", rationale: reason, hasReason: false, version });
    }
  });
}

export interface Submit {
  readonly kind: "submit";
  readonly by: Who;
}

/** Locks the sheet; from now on it counts. Submitting again answers what the first submission answered. */
export function submit(panel: Panel, { by }: Submit): Ruling {
  const review = reviewOf(panel, by);
  if (review?.state === "submitted") return again(submissionName(panel, by, review.submission));
  if (review === null || openSheet(panel, by) === null) return refused(403, "there is nothing to submit now");
  if (incomplete(panel, by, review).length > 0) return refused(422, "a cell is not complete");
  const change = (after: Panel) => {
    const own = reviewOf(after, by);
    if (!own) return;
    own.state = "submitted";
    own.submission += 1;
    own.afterSight.clear();
    for (const cell of own.sheet.keys()) if (isAfterSight(after, by, cell)) own.afterSight.add(cell);
    announce(after, "review-submitted");
  };
  return done(200, change, submissionName(panel, by, review.submission + 1));
}

/** Rule V5: the board had been open when the sheet was reopened, or this is a first score in a later round. */
function isAfterSight(panel: Panel, who: Who, cell: Cell): boolean {
  const review = reviewOf(panel, who);
  if (review?.hadBoard) return true;
  if (panel.rounds.length === 1) return false;
  const earlier = earlierEntries(panel, who, cell);
  const isScore = (review?.sheet.get(cell)?.value ?? null) !== null;
  return isScore ? earlier.every(({ value }) => value === null) : earlier.length === 0;
}

/** What somebody submitted to a cell in the rounds before this one, oldest first. */
function earlierEntries(panel: Panel, who: Who, cell: Cell): Entry[] {
  return panel.rounds.slice(0, -1).flatMap(({ reviews }) => {
    const review = reviews.get(who);
    return review?.state === "submitted" ? (review.sheet.get(cell) ?? []) : [];
  });
}

/** The cells of the round's scope that keep a sheet from being submitted. */
function incomplete(panel: Panel, who: Who, review: Review): Cell[] {
  return (roundOf(panel)?.scope ?? []).filter((cell) => {
    const entry = review.sheet.get(cell);
    if (entry === undefined || !isAnswered(entry)) return true;
    const needsText = entry.value !== null || entry.nonScore === "recused";
    if (needsText && entry.rationale.trim() === "") return true;
    const before = earlierEntries(panel, who, cell).at(-1)?.value ?? null;
    return panel.terms.mustGiveReason && before !== null && before !== entry.value && !entry.hasReason;
  });
}

/** A sheet can be written in while the round is scoring and its author is drafting. */
function openSheet(panel: Panel, who: Who): Review | null {
  const review = reviewOf(panel, who);
  return panel.phase === "scoring" && review?.state === "drafting" ? review : null;
}

function keyName({ by, key }: Save): string {
  return `${by}, key ${key}`;
}

function requestOf({ kind: _kind, ...request }: Save): string {
  return JSON.stringify(request);
}

function submissionName(panel: Panel, who: Who, submission: number): string {
  return `${who}, round ${panel.rounds.length}, submission ${submission}`;
}
