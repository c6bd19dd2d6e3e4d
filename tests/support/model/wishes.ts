import type { Deed } from "./deeds.ts";
import { nextStep } from "./moves.ts";
import {
  type Cell,
  cells,
  membersOf,
  type NonScore,
  type Panel,
  reviewOf,
  roundOf,
  type Save,
  seatOf,
  type Who,
} from "./panel.ts";

/** Somebody by who they are, or by what they are in the panel when it comes to it. */
export type By = Who | "a facilitator" | `reviewer ${number}`;

/**
 * What a script says before it is known how the panel stands: "whoever is a facilitator", "the newest version". What of it
 * is then tried, the panel decides.
 */
export type Wish =
  | SaveWish
  | SaveTwice
  | PointsWish
  | { readonly wish: "write for another"; readonly by: By; readonly other: Who }
  | { readonly wish: "recuse"; readonly by: By; readonly policy: "P1" | "P2"; readonly reason: string }
  | { readonly wish: "submit"; readonly by: By }
  | HandIn
  | MoveWish
  | { readonly wish: "invite"; readonly by: By; readonly role: string; readonly scores: boolean }
  /** By an invitation that was the last, or as many before it. */
  | { readonly wish: "join"; readonly by: By; readonly backwards: number }
  | { readonly wish: "bring in"; readonly by: By; readonly role: "reviewer" | "facilitator"; readonly scores: boolean }
  | { readonly wish: "remove"; readonly by: By; readonly member: By }
  | { readonly wish: "edit"; readonly by: By; readonly title: string; readonly minScores: number }
  | { readonly wish: "reopen"; readonly by: By; readonly member: By; readonly reason: string };

interface SaveWish extends Pick<Save, "cell" | "value" | "nonScore" | "rationale" | "hasReason"> {
  readonly wish: "save";
  readonly by: By;
  /** By how much the version told differs from the newest. */
  readonly staleBy: number;
  readonly key: string | undefined;
}

/** One request under a key and once more, word for word or with another text. */
interface SaveTwice {
  readonly wish: "save twice";
  readonly by: By;
  readonly cell: Cell;
  readonly value: number;
  readonly key: string;
  readonly otherText: string | null;
}

interface PointsWish {
  readonly wish: "points";
  readonly by: By;
  readonly row: Readonly<Record<string, number>>;
  readonly staleBy: number;
}

/** A whole sheet at once: one level everywhere, but for a non-score to the first cell. */
interface HandIn {
  readonly wish: "hand in";
  readonly by: By;
  readonly value: number;
  readonly odd: NonScore | null;
}

interface MoveWish {
  readonly wish: "move";
  readonly by: By;
  readonly to: string;
  readonly knowledge: "fresh" | "old" | "of the future";
  readonly scope: readonly string[] | null;
}

/** The deeds that a wish comes to as the panel stands. */
export function deedsOf(panel: Panel, wish: Wish): Deed[] {
  const by = whoIs(panel, wish.by);
  switch (wish.wish) {
    case "save":
      return [saving(panel, by, wish)];
    case "save twice":
      return savingTwice(panel, by, wish);
    case "points": {
      const seen = Math.max(0, (reviewOf(panel, by)?.points.version ?? 0) + wish.staleBy);
      return [{ kind: "give points", by, row: wish.row, seen }];
    }
    case "write for another":
      return [{ kind: "write for another", by, other: wish.other }];
    case "recuse":
      return [{ kind: "recuse from a policy", by, policy: wish.policy, reason: wish.reason }];
    case "submit":
      return [{ kind: "submit", by }];
    case "hand in":
      return wholeSheet(panel, by, wish);
    case "move":
      return [moving(panel, by, wish)];
    case "invite":
      return [{ kind: "invite", by, role: wish.role, scores: wish.scores }];
    case "join":
      return [joining(panel, by, panel.invitations.length - 1 - wish.backwards)];
    case "bring in": {
      const { role, scores } = wish;
      const chair = whoIs(panel, "a facilitator");
      return [{ kind: "invite", by: chair, role, scores }, joining(panel, by, panel.invitations.length)];
    }
    case "remove":
      return [{ kind: "remove a member", by, member: whoIs(panel, wish.member) }];
    case "edit":
      return [
        { kind: "edit the set-up", by, preset: panel.terms.preset, title: wish.title, minScores: wish.minScores },
      ];
    case "reopen":
      return [{ kind: "reopen a submission", by, member: whoIs(panel, wish.member), reason: wish.reason }];
  }
}

function whoIs(panel: Panel, by: By): Who {
  const members = membersOf(panel);
  const facilitator = members.find((who) => seatOf(panel, who)?.role === "facilitator") ?? "fay";
  if (by === "a facilitator") return facilitator;
  if (!isNumbered(by)) return by;
  const scorers = members.filter((who) => seatOf(panel, who)?.scores);
  return scorers[Number(by.slice("reviewer ".length)) % scorers.length] ?? "r1";
}

function isNumbered(by: By): by is `reviewer ${number}` {
  return by.startsWith("reviewer ");
}

function saving(panel: Panel, by: Who, wish: SaveWish): Save {
  const { cell, value, nonScore, rationale, hasReason, key } = wish;
  const seen = Math.max(0, newest(panel, by, cell) + wish.staleBy);
  const what = { by, cell, value, nonScore, rationale, hasReason, seen };
  const isBack = value === null && nonScore === null;
  if (nonScore !== null) return { kind: "save a non-score", ...what };
  return { kind: isBack ? "take a score back" : "save a score", ...what, ...(key === undefined ? {} : { key }) };
}

function newest(panel: Panel, who: Who, cell: string): number {
  const known = cells.find((one) => one === cell);
  return (known && reviewOf(panel, who)?.sheet.get(known)?.version) ?? 0;
}

function savingTwice(panel: Panel, by: Who, { cell, value, key, otherText }: SaveTwice): Deed[] {
  const answer = { value, nonScore: null, rationale: "Said once.", hasReason: false, seen: newest(panel, by, cell) };
  const once: Save = { kind: "save a score", by, cell, ...answer, key };
  return [once, { ...once, kind: "use a key again", ...(otherText === null ? {} : { rationale: otherText }) }];
}

function wholeSheet(panel: Panel, by: Who, { value, odd }: HandIn): Deed[] {
  const isOpen = panel.phase === "scoring" && reviewOf(panel, by)?.state === "drafting";
  const scope = isOpen ? (roundOf(panel)?.scope ?? []) : [];
  const saves = scope.map((cell, index): Deed => {
    const isOdd = odd !== null && index === 0;
    const answer = isOdd ? { value: null, nonScore: odd } : { value: levelFor(cell, value), nonScore: null };
    const what = { by, cell, ...answer, rationale: `Because of ${cell}.`, hasReason: true };
    return { kind: isOdd ? "save a non-score" : "save a score", ...what, seen: newest(panel, by, cell) };
  });
  return [...saves, { kind: "submit", by }];
}

/** So that cells differ: the second policy is judged one level lower. */
function levelFor(cell: Cell, value: number): number {
  return cell.startsWith("P2") ? Math.max(-2, value - 1) : value;
}

function joining(panel: Panel, by: Who, invitation: number): Deed {
  return { kind: panel.seats.has(by) ? "change one's role" : "join", by, invitation };
}

function moving(panel: Panel, by: Who, { to, knowledge, scope }: MoveWish): Deed {
  const expected = {
    fresh: panel.version,
    old: panel.changedAt - 1,
    "of the future": panel.version + 1,
  }[knowledge];
  const kind = knowledge === "fresh" ? "move" : "move on stale knowledge";
  return { kind, by, to: to === "onwards" ? nextStep[panel.phase] : to, expected, scope };
}
