import type { Wish } from "./wishes.ts";

export const onwards: Wish = { wish: "move", by: "a facilitator", to: "onwards", knowledge: "fresh", scope: null };

const scored = {
  wish: "save",
  cell: "P1/C1",
  rationale: "Because.",
  hasReason: false,
  staleBy: 0,
  key: undefined,
} as const;
const handedIn = { wish: "hand in", value: 1, odd: null } as const;
const reopened = { wish: "reopen", by: "a facilitator", member: "reviewer 0", reason: "A slip of the pen." } as const;
const edited = { wish: "edit", by: "a facilitator", title: "Another title", minScores: 5 } as const;

/** Every kind of deed where it is allowed and where it is not, through two rounds. */
export const tour: readonly Wish[] = [
  edited,
  { ...edited, by: "r1" },
  { wish: "recuse", by: "r1", policy: "P1", reason: "Too early." },
  { wish: "invite", by: "a facilitator", role: "owner", scores: false },
  { wish: "join", by: "out", backwards: -1 },
  { wish: "bring in", by: "obs", role: "reviewer", scores: false },
  { wish: "move", by: "a facilitator", to: "closed", knowledge: "fresh", scope: null },
  { wish: "move", by: "a facilitator", to: "onwards", knowledge: "old", scope: null },
  onwards,
  edited,
  { ...scored, by: "reviewer 0", value: 1, nonScore: null },
  { ...scored, by: "reviewer 0", value: 9, nonScore: null },
  { ...scored, by: "reviewer 0", value: null, nonScore: null },
  { ...scored, by: "fay", value: null, nonScore: null },
  { ...scored, by: "reviewer 1", value: null, nonScore: "cannot-judge" },
  { ...scored, by: "obs", value: null, nonScore: "abstain" },
  { wish: "save twice", by: "reviewer 0", cell: "P1/C2", value: 1, key: "tour", otherText: null },
  { wish: "save twice", by: "reviewer 1", cell: "P1/C2", value: 1, key: "tour", otherText: "Said otherwise." },
  { wish: "points", by: "reviewer 0", row: { C1: 100, C2: 40 }, staleBy: 0 },
  { wish: "points", by: "fay", row: { C1: 100 }, staleBy: 0 },
  { wish: "write for another", by: "reviewer 0", other: "r2" },
  { wish: "submit", by: "reviewer 0" },
  { ...handedIn, by: "reviewer 0" },
  { ...handedIn, by: "reviewer 1", value: 0, odd: "abstain" },
  { ...handedIn, by: "reviewer 2", odd: "recused" },
  { wish: "submit", by: "reviewer 2" },
  reopened,
  reopened,
  { wish: "recuse", by: "reviewer 0", policy: "P2", reason: "My cousin." },
  { wish: "submit", by: "reviewer 0" },
  { wish: "bring in", by: "new1", role: "reviewer", scores: false },
  { ...handedIn, by: "new1" },
  { wish: "remove", by: "a facilitator", member: "new1" },
  { wish: "remove", by: "a facilitator", member: "new1" },
  { ...reopened, member: "new1" },
  onwards,
  reopened,
  { ...handedIn, by: "reviewer 0" },
  onwards,
  onwards,
  { ...handedIn, by: "reviewer 0", value: -1 },
  { ...handedIn, by: "reviewer 1" },
  onwards,
  onwards,
];
