import fc from "fast-check";
import { type Place, places } from "./looks.ts";
import { cast, cells, type NonScore, type Who } from "./panel.ts";
import type { By, Wish } from "./wishes.ts";

/** What random scripts are drawn from. Most wishes come from somebody who may, so that panels get somewhere. */

const anyone = fc.constantFrom(...cast);
const scorer = mostly(
  fc.nat({ max: 6 }).map((number): By => `reviewer ${number}`),
  anyone,
);
const chair = mostly(fc.constant<By>("a facilitator"), anyone);
const level = fc.integer({ min: -2, max: 2 });
const nonScore = fc.constantFrom<NonScore[]>("cannot-judge", "abstain", "recused");
const cell = mostly(fc.constantFrom<string[]>(...cells), fc.constant("P9/C9"));
const text = mostly(fc.constantFrom("Because.", "For a reason."), fc.constant(" "));
const staleBy = mostly(fc.constant(0), fc.constantFrom(-1, 1));
const scope = fc.option(fc.subarray<string>([...cells], { minLength: 1 }), { freq: 2, nil: null });
const oddScope = mostly(scope, fc.constant(["P1/C1", "P9/C9"]));

function mostly<Value>(usual: fc.Arbitrary<Value>, rare: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: rare });
}

const score = fc.record({
  value: mostly(level, fc.constant(9)),
  nonScore: fc.constant(null),
  key: fc.constantFrom(undefined, "1", "2"),
});
const noScore = fc.record({
  value: mostly<number | null>(fc.constant(null), fc.constant(1)),
  nonScore,
  key: fc.constant(undefined),
});
const takenBack = fc.record({ value: fc.constant(null), nonScore: fc.constant(null), key: fc.constant(undefined) });

function saving(answer: fc.Arbitrary<Pick<Wish & { wish: "save" }, "value" | "nonScore" | "key">>): fc.Arbitrary<Wish> {
  const rest = fc.record({ by: scorer, cell, rationale: text, hasReason: fc.boolean(), staleBy });
  return fc.tuple(answer, rest).map(([given, other]) => ({ wish: "save", ...given, ...other }));
}

function is<Kind extends Wish["wish"]>(kind: Kind): fc.Arbitrary<Kind> {
  return fc.constant(kind);
}

const rows = fc.dictionary(fc.constantFrom("C1", "C2", "C1", "C2", "C9"), fc.nat({ max: 100 }), {
  maxKeys: 2,
  noNullPrototype: true,
});
const fresh = fc.constant("fresh" as const);
const allSteps = fc.constantFrom("onwards", "scoring", "discussion", "closed", "next-round", "draft");

export const wish: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 4, arbitrary: saving(score) },
  { weight: 3, arbitrary: saving(noScore) },
  { weight: 1, arbitrary: saving(takenBack) },
  {
    weight: 3,
    arbitrary: fc.record({
      wish: is("save twice"),
      by: scorer,
      cell: fc.constantFrom(...cells),
      value: level,
      key: fc.constantFrom("1", "2", "3"),
      otherText: fc.constantFrom(null, "Other."),
    }),
  },
  { weight: 2, arbitrary: fc.record({ wish: is("points"), by: scorer, row: rows, staleBy }) },
  { weight: 1, arbitrary: fc.record({ wish: is("write for another"), by: scorer, other: anyone }) },
  {
    weight: 2,
    arbitrary: fc.record({ wish: is("recuse"), by: scorer, policy: fc.constantFrom("P1", "P2"), reason: text }),
  },
  { weight: 2, arbitrary: fc.record({ wish: is("submit"), by: scorer }) },
  {
    weight: 10,
    arbitrary: fc.record({
      wish: is("hand in"),
      by: scorer,
      value: level,
      odd: fc.option(nonScore, { freq: 2, nil: null }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      wish: is("move"),
      by: chair,
      to: fc.constant("onwards"),
      knowledge: fresh,
      scope: oddScope,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      wish: is("move"),
      by: chair,
      to: allSteps,
      knowledge: fc.constantFrom("fresh", "old", "old", "of the future"),
      scope,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      wish: is("invite"),
      by: chair,
      role: fc.constantFrom("reviewer", "observer", "facilitator", "owner"),
      scores: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ wish: is("join"), by: anyone, backwards: fc.integer({ min: -1, max: 3 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      wish: is("bring in"),
      by: fc.constantFrom<Who[]>("new1", "new2", "new3", "fay", "obs"),
      role: fc.constantFrom("reviewer", "reviewer", "facilitator"),
      scores: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ wish: is("remove"), by: chair, member: fc.oneof(scorer, anyone) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      wish: is("edit"),
      by: chair,
      title: mostly(fc.constantFrom("Another title", "A third title"), fc.constant(" ")),
      minScores: fc.constantFrom(3, 4, 5, 6),
    }),
  },
  { weight: 5, arbitrary: fc.record({ wish: is("reopen"), by: chair, member: scorer, reason: text }) },
);

export interface Look {
  readonly who: Who;
  readonly place: Place;
}

/** Where two or three people look afterwards. */
export const looks: fc.Arbitrary<Look[]> = fc.array(
  fc.record({ who: anyone, place: fc.constantFrom<Place[]>(...places) }),
  { minLength: 2, maxLength: 3 },
);

/** How far a panel has come when the script begins. */
export const starts = ["scoring", "in draft", "in a second round", "scoring"] as const;
export type Start = (typeof starts)[number];
