import type { Role } from "./member.ts";
import type { Protocol } from "./protocol.ts";
import type { Phase, ReviewState } from "./round.ts";

/**
 * The one table of who may see what, when. Nothing else in the product decides visibility, and a missing cell does not
 * compile.
 *
 * `-` nothing · `#` counts · `who` names and states · `full` · `name`, `code`, `bare` = with the person's name, the panel
 * code, or no label · `^` only where the cell has at least the protocol's minimum of scores.
 */
export type Access = "-" | "#" | "who" | "full" | "full^" | "name" | "code^" | "name and code" | "bare^";

export const facts = [
  "ownScores",
  "setUp",
  "progress",
  "roster",
  "figures",
  "personFigures",
  // And swing points.
  "scores",
  "rationales",
  "referenceReading",
  "snapshots",
  "audit",
] as const;
export type Fact = (typeof facts)[number];

/** A place in one round while it is scoring; chair = a facilitator who does not score, by `facilitatorView`. */
export type SealedStanding = "drafting" | "submitted" | "chair+" | "chair-" | "observer";
/** A place in one round from its reveal on. */
type RevealedStanding = "reviewer" | "facilitator" | "observer";
export type Standing =
  | "draft"
  | Exclude<SealedStanding, "observer">
  | Exclude<RevealedStanding, "observer">
  | "observing"
  | "observer";
/** Identity mode and board together. */
type Kind = "live" | "named" | "pseudonymous" | "anonymous";

type Entry = Access | Readonly<Record<Kind, Access>>;
type Table<Place extends string> = Readonly<Record<Fact, Readonly<Record<Place, Entry>>>>;

const whileLive = (live: Access): Entry => ({ live, named: "-", pseudonymous: "-", anonymous: "-" });
const unlessAnonymous = (access: Access): Entry => ({
  live: access,
  named: access,
  pseudonymous: access,
  anonymous: "-",
});
const byMode = (named: Access, pseudonymous: Access, anonymous: Access): Entry => ({
  live: named,
  named,
  pseudonymous,
  anonymous,
});

/** While the round is scoring. */
export const sealed: Table<SealedStanding> = {
  ownScores: { drafting: "full", submitted: "full", "chair+": "-", "chair-": "-", observer: "-" },
  setUp: { drafting: "full", submitted: "full", "chair+": "full", "chair-": "full", observer: "full" },
  progress: { drafting: "#", submitted: "#", "chair+": "#", "chair-": "#", observer: "#" },
  roster: {
    drafting: "-",
    submitted: whileLive("who"),
    "chair+": unlessAnonymous("who"),
    "chair-": unlessAnonymous("who"),
    observer: "-",
  },
  figures: {
    drafting: "-",
    submitted: whileLive("full^"),
    "chair+": unlessAnonymous("full^"),
    "chair-": "-",
    observer: "-",
  },
  personFigures: { drafting: "-", submitted: "-", "chair+": "-", "chair-": "-", observer: "-" },
  scores: {
    drafting: "-",
    submitted: whileLive("name"),
    "chair+": byMode("name", "name and code", "-"),
    "chair-": "-",
    observer: "-",
  },
  rationales: {
    drafting: "-",
    submitted: whileLive("name"),
    "chair+": byMode("name", "name and code", "-"),
    "chair-": "-",
    observer: "-",
  },
  referenceReading: { drafting: "-", submitted: "full", "chair+": "full", "chair-": "full", observer: "-" },
  snapshots: { drafting: "-", submitted: "-", "chair+": "-", "chair-": "-", observer: "-" },
  audit: { drafting: "full", submitted: "full", "chair+": "full", "chair-": "full", observer: "full" },
};

/** From the reveal on: discussion and closed. */
const revealed: Table<RevealedStanding> = {
  ownScores: { reviewer: "full", facilitator: "full", observer: "-" },
  setUp: { reviewer: "full", facilitator: "full", observer: "full" },
  progress: { reviewer: "#", facilitator: "#", observer: "#" },
  roster: {
    reviewer: byMode("who", "-", "-"),
    facilitator: byMode("who", "who", "-"),
    observer: byMode("who", "-", "-"),
  },
  figures: { reviewer: "full^", facilitator: "full^", observer: "full^" },
  // A facilitator's are everybody's, a reviewer's are the own.
  personFigures: {
    reviewer: byMode("name", "code^", "-"),
    facilitator: byMode("name", "name and code", "-"),
    observer: "-",
  },
  scores: {
    reviewer: byMode("name", "code^", "-"),
    facilitator: byMode("name", "name and code", "-"),
    observer: byMode("name", "code^", "-"),
  },
  rationales: {
    reviewer: byMode("name", "code^", "bare^"),
    facilitator: byMode("name", "name and code", "bare^"),
    observer: byMode("name", "code^", "-"),
  },
  referenceReading: { reviewer: "full", facilitator: "full", observer: "full" },
  snapshots: { reviewer: "full", facilitator: "full", observer: "full" },
  audit: { reviewer: "full", facilitator: "full", observer: "full" },
};

/** Before round 1 only the set-up exists. */
const draft: Readonly<Record<Fact, Access>> = {
  ownScores: "-",
  setUp: "full",
  progress: "#",
  roster: "-",
  figures: "-",
  personFigures: "-",
  scores: "-",
  rationales: "-",
  referenceReading: "-",
  snapshots: "-",
  audit: "full",
};

/** What decides a person's place in one round. */
export interface Viewer {
  readonly role: Role;
  /** The person's own review in this round; `null` for someone who does not score in it. */
  readonly review: ReviewState | null;
}

export interface RoundSeen {
  readonly phase: Phase;
  readonly round: number | null;
  readonly protocol: Pick<Protocol, "identity" | "board" | "facilitatorView">;
}

/** The place of a viewer in a round. Someone unknown to the round stands where least is seen. */
export function standingOf(viewer: Viewer, at: RoundSeen): Standing {
  if (at.phase === "draft") return "draft";
  if (at.phase !== "scoring") return viewer.role;
  if (viewer.review !== null) return viewer.review === "submitted" ? "submitted" : "drafting";
  switch (viewer.role) {
    case "facilitator":
      return at.protocol.facilitatorView === "scores" ? "chair+" : "chair-";
    case "reviewer":
      return "drafting";
    case "observer":
      return "observing";
  }
}

/** When this round's figures open to a viewer who cannot see them yet. */
type SealedUntil = "opening" | "submission" | "reveal";

/** What a viewer may see of each fact of one round. */
export type Sight = Readonly<Record<Fact, Access>> & { readonly sealedUntil: SealedUntil };

export function sightOf(viewer: Viewer, at: RoundSeen): Sight {
  const standing = standingOf(viewer, at);
  const kind = kindOf(at.protocol);
  const access = (fact: Fact): Access => {
    // What was shown stays shown: an earlier round's reveal showed the reading to every member.
    if (fact === "referenceReading" && (at.round ?? 0) > 1) return "full";
    return resolve(entryOf(standing, fact), kind);
  };
  return {
    ownScores: access("ownScores"),
    setUp: access("setUp"),
    progress: access("progress"),
    roster: access("roster"),
    figures: access("figures"),
    personFigures: access("personFigures"),
    scores: access("scores"),
    rationales: access("rationales"),
    referenceReading: access("referenceReading"),
    snapshots: access("snapshots"),
    audit: access("audit"),
    sealedUntil: sealedUntil(standing, kind),
  };
}

function sealedUntil(standing: Standing, kind: Kind): SealedUntil {
  if (standing === "draft") return "opening";
  return standing === "drafting" && resolve(sealed.figures.submitted, kind) !== "-" ? "submission" : "reveal";
}

/** The facts a query may load at all for this viewer. What was not loaded cannot leak. */
export function planFor(sight: Sight): ReadonlySet<Fact> {
  return new Set(facts.filter((fact) => sight[fact] !== "-"));
}

function entryOf(standing: Standing, fact: Fact): Entry {
  switch (standing) {
    case "draft":
      return draft[fact];
    case "drafting":
    case "submitted":
    case "chair+":
    case "chair-":
      return sealed[fact][standing];
    case "reviewer":
    case "facilitator":
      return revealed[fact][standing];
    case "observing":
      return sealed[fact].observer;
    case "observer":
      return revealed[fact].observer;
  }
}

function resolve(entry: Entry, kind: Kind): Access {
  return typeof entry === "string" ? entry : entry[kind];
}

function kindOf(protocol: RoundSeen["protocol"]): Kind {
  if (protocol.identity !== "named") return protocol.identity;
  return protocol.board === "live" ? "live" : "named";
}
