import type { Role } from "#rubric/member.ts";
import { type Preset, type Protocol, presets } from "#rubric/protocol.ts";
import { type CellId, cellsOf } from "#rubric/rubric.ts";
import { levelsOf } from "#rubric/scale.ts";
import { changeReasons, type NonScore } from "#rubric/score.ts";
import { templateFor } from "#rubric/templates/templates.ts";
import { type Draw, drawFrom } from "./draw.ts";
import type { Act, Answer, Conduct, Draft, Part, Plan, RoundPlan, Seat, Sheet } from "./plan.ts";

/** All that identity mode, board and facilitator's view can be together. */
const kinds = [
  { identity: "named", board: "live", facilitatorView: "scores" },
  { identity: "named", board: "live", facilitatorView: "progress" },
  { identity: "named", board: "reveal", facilitatorView: "scores" },
  { identity: "named", board: "reveal", facilitatorView: "progress" },
  { identity: "pseudonymous", board: "reveal", facilitatorView: "scores" },
  { identity: "pseudonymous", board: "reveal", facilitatorView: "progress" },
  { identity: "anonymous", board: "reveal", facilitatorView: "progress" },
] as const satisfies readonly Pick<Protocol, "identity" | "board" | "facilitatorView">[];

/** Who can look on. The first five are the same reviewer, who acts differently. */
const viewers = [
  "drafting",
  "submitted",
  "reopened",
  "recused",
  "removed",
  "scoring-facilitator",
  "chair",
  "watcher",
  "latecomer",
  "outsider",
  "administrator",
] as const;
type ViewerKind = (typeof viewers)[number];

const people = [
  "Ada Abel",
  "Ben Boole",
  "Cleo Curie",
  "Dov Dirac",
  "Eva Euler",
  "Finn Fermi",
  "Gia Gauss",
  "Hal Hertz",
  "Ida Ising",
  "Jon Joule",
  "Kim Kelvin",
  "Lea Laplace",
];

/** A panel and what happens in it. The same seed and number give the same plan. */
export function drawPlan(seed: string): Plan {
  const draw = drawFrom(seed);
  const protocol = drawProtocol(draw);
  const kind = drawViewer(draw, protocol);
  const parts = drawParts(draw, protocol, kind);
  const rounds = Array.from({ length: draw.often(45) ? 2 : 1 }, (_, index) =>
    drawRound(draw, { protocol, kind, parts, round: index + 1 }),
  );
  const shuffled = draw.shuffled(people);
  return {
    seed,
    protocol,
    parts,
    names: Object.fromEntries(Object.keys(parts).map((part, index) => [part, shuffled[index] ?? part])),
    viewer: partOf(kind),
    rounds,
    end: draw.one(["scoring", "discussion", "closed"]),
  };
}

function drawProtocol(draw: Draw): Protocol {
  const preset = draw.one(Object.keys(presets) as Preset[]);
  const parameters = presets[preset].parameters;
  const wholePreset = { preset, ...parameters };
  if (draw.often(40)) return wholePreset;
  const kind = draw.one(kinds);
  return {
    ...wholePreset,
    ...kind,
    minScores: kind.identity === "anonymous" ? 5 : draw.from(3, 5),
    maxRounds: draw.from(2, 4),
    rationale: draw.one(["required", "optional"]),
    changeReason: draw.one(["asked", "required"]),
    rescore: draw.one(["open-cells", "all-cells"]),
  };
}

function drawViewer(draw: Draw, { identity }: Protocol): ViewerKind {
  const kind = draw.one(viewers);
  // Nobody may know whose submission it is.
  return kind === "reopened" && identity === "anonymous" ? "drafting" : kind;
}

function partOf(kind: ViewerKind): Plan["viewer"] {
  switch (kind) {
    case "outsider":
    case "administrator":
    case "chair":
    case "watcher":
    case "latecomer":
      return kind;
    case "scoring-facilitator":
      return "second";
    default:
      return "r1";
  }
}

function drawParts(draw: Draw, { minScores }: Protocol, kind: ViewerKind): Record<Part, Seat> {
  const seat = (role: Role, scores: boolean, isLate = false): Seat => ({ role, scores, isLate });
  const reviewers = Math.max(3, minScores + draw.from(-1, 2));
  return {
    chair: seat("facilitator", false),
    ...Object.fromEntries(
      Array.from({ length: reviewers }, (_, index) => [`r${index + 1}`, seat("reviewer", true)] as const),
    ),
    ...(kind === "scoring-facilitator" || draw.often(15) ? { second: seat("facilitator", true) } : {}),
    ...(kind === "watcher" || draw.often(15) ? { watcher: seat("observer", false) } : {}),
    ...(kind === "latecomer" || draw.often(20) ? { latecomer: seat("reviewer", true, true) } : {}),
  };
}

interface RoundFrame {
  readonly protocol: Protocol;
  readonly kind: ViewerKind;
  readonly parts: Readonly<Record<Part, Seat>>;
  readonly round: number;
}

function drawRound(draw: Draw, frame: RoundFrame): RoundPlan {
  const start = templateFor("wilson-hine", frame.protocol.preset);
  if (!start) throw new Error("there is no template to draw cells from");
  const all = cellsOf(start.rubric, start.policies);
  const wanted = draw.some(all, draw.from(2, 3)).map((cell) => all.indexOf(cell));
  const cells = all.filter((_cell, index) => wanted.includes(index));
  const acts = drawActs(draw, frame);
  const levels = levelsIn(frame.protocol);
  const hard = cells.map(() => draw.often(30));
  const conduct = Object.entries(frame.parts)
    .filter(([part, { scores }]) => scores && !hasGone(frame, part))
    .map(([part]) => [part, drawConduct(draw, { ...frame, cells, levels, hard, acts, part })] as const);
  return { cells, acts, conduct: Object.fromEntries(conduct) };
}

/** What everybody may know of, in an order that is possible. */
function drawActs(draw: Draw, { protocol, kind, parts, round }: RoundFrame): Act[] {
  const own = partOf(kind);
  const present = Object.keys(parts).filter((part) => parts[part]?.scores && !hasGone({ kind, round }, part));
  const submitting = draw.shuffled(
    present.filter((part) => (part === own ? kind !== "drafting" && kind !== "removed" : draw.often(80))),
  );
  const acts: Act[] = submitting.map((who) => ({ does: "submit", who }));
  const insert = (act: Act, from: number) => acts.splice(draw.from(Math.min(from, acts.length), acts.length), 0, act);
  if (round === 1 && parts.latecomer) {
    const place = acts.findIndex(({ who }) => who === "latecomer");
    acts.splice(draw.from(0, place === -1 ? acts.length : place), 0, { does: "join", who: "latecomer" });
  }
  const reopened = draw.one([kind === "reopened" ? own : (submitting[0] ?? own)]);
  if (protocol.identity !== "anonymous" && (kind === "reopened" || draw.often(15)) && submitting.includes(reopened)) {
    const submitted = acts.findIndex((act) => act.does === "submit" && act.who === reopened);
    insert({ does: "reopen", who: reopened }, submitted + 1);
    if (draw.often(50)) insert({ does: "submit", who: reopened }, 1 + acts.findIndex(({ does }) => does === "reopen"));
  }
  if (kind === "removed" && round === 1) insert({ does: "remove", who: own }, 0);
  return acts;
}

/** The viewer who is removed in round 1. */
function hasGone({ kind, round }: Pick<RoundFrame, "kind" | "round">, part: Part): boolean {
  return kind === "removed" && round > 1 && part === partOf(kind);
}

interface AuthorFrame extends RoundFrame {
  readonly cells: readonly CellId[];
  readonly levels: readonly number[];
  /** Which cells most cannot judge. */
  readonly hard: readonly boolean[];
  readonly acts: readonly Act[];
  readonly part: Part;
}

function drawConduct(draw: Draw, frame: AuthorFrame): Conduct {
  const { acts, part } = frame;
  const submissions = acts.filter(({ does, who }) => does === "submit" && who === part).length;
  return {
    // One author at least has something that nobody else ever sees.
    drafts: Array.from({ length: draw.from(part === "r2" ? 1 : 0, 2) }, () => drawDraft(draw, frame)).flat(),
    sheets: Array.from({ length: submissions }, () => drawSheet(draw, frame)),
  };
}

/** Between which acts of a round an author can save: having joined, and before the first submission. */
export function savingTime(acts: readonly Act[], author: Part): [first: number, last: number] {
  const own = acts.map(({ does, who }, index) => ({ does, who, index })).filter(({ who }) => who === author);
  const first = (own.find(({ does }) => does === "join")?.index ?? -1) + 1;
  return [first, own.find(({ does }) => does === "submit" || does === "remove")?.index ?? acts.length];
}

function drawDraft(draw: Draw, frame: AuthorFrame): Draft[] {
  const { acts, part, cells } = frame;
  const [first, last] = savingTime(acts, part);
  const index = draw.below(cells.length);
  return cells.slice(index, index + 1).map((cell) => ({
    before: draw.from(first, last),
    minutes: draw.from(2, 9),
    cell,
    answer: drawAnswer(draw, frame, index),
  }));
}

/** The levels of the template's scale that goes with the preset. */
export function levelsIn({ preset }: Pick<Protocol, "preset">): number[] {
  const start = templateFor("wilson-hine", preset);
  return start ? levelsOf(start.rubric.scale) : [];
}

function drawSheet(draw: Draw, frame: Pick<AuthorFrame, "cells" | "levels" | "hard" | "kind" | "part">): Sheet {
  return frame.cells.map((_cell, index) => {
    const isRecused = frame.kind === "recused" && frame.part === partOf(frame.kind) && index === 0;
    return isRecused
      ? { ...drawAnswer(draw, frame, index), value: null, nonScore: "recused" }
      : drawAnswer(draw, frame, index);
  });
}

export function drawAnswer(draw: Draw, { levels, hard }: Pick<AuthorFrame, "levels" | "hard">, index: number): Answer {
  const hasScore = draw.often(hard[index] ? 25 : 88);
  const nonScore: NonScore = draw.one(["cannot-judge", "cannot-judge", "abstain", "recused"]);
  return {
    value: hasScore ? draw.one(levels) : null,
    nonScore: hasScore ? null : nonScore,
    rationale: drawText(draw),
    changeReason: { code: draw.one(changeReasons), ...(draw.often(30) ? { note: drawText(draw) } : {}) },
  };
}

const words = "because cost open model risk export power talent clear weak likely harm gain slow safe shared".split(
  " ",
);

/** Of different lengths, so that a size tells, too. */
export function drawText(draw: Draw): string {
  return Array.from({ length: draw.from(1, 12) }, () => draw.one(words)).join(" ");
}
