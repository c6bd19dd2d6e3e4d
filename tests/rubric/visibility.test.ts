import { describe, expect, test } from "vitest";
import { presets } from "#rubric/protocol.ts";
import { facts, planFor, sealed, sightOf, standingOf } from "#rubric/visibility.ts";

const protocols = {
  live: presets["staff-team"].parameters,
  named: { ...presets["staff-team"].parameters, board: "reveal" as const },
  pseudonymous: presets["rand-ucla"].parameters,
  anonymous: presets.delphi.parameters,
};
const secret = ["figures", "scores", "rationales", "snapshots"] as const;

describe("while a round is scoring", () => {
  test.each(Object.entries(protocols))(
    "a drafting reviewer of a %s panel sees nothing made from others' scores",
    (_kind, protocol) => {
      const sight = sightOf({ role: "reviewer", review: "drafting" }, { phase: "scoring", round: 1, protocol });
      expect(planFor(sight)).toEqual(new Set(["ownScores", "setUp", "progress", "audit"]));
    },
  );

  test.each(Object.entries(protocols))(
    "a facilitator of a %s panel who scores stands like any reviewer",
    (_kind, protocol) => {
      const at = { phase: "scoring", round: 1, protocol } as const;
      expect(sightOf({ role: "facilitator", review: "drafting" }, at)).toEqual(
        sightOf({ role: "reviewer", review: "drafting" }, at),
      );
      expect(standingOf({ role: "facilitator", review: "submitted" }, at)).toBe("submitted");
    },
  );

  test("only a named live panel opens its board to those who submitted", () => {
    const open = Object.entries(protocols).filter(([, protocol]) => {
      const plan = planFor(
        sightOf({ role: "reviewer", review: "submitted" }, { phase: "scoring", round: 1, protocol }),
      );
      return secret.some((fact) => plan.has(fact));
    });
    expect(open.map(([kind]) => kind)).toEqual(["live"]);
  });

  test.each([1, 2])("in round %i only a live panel opens at a reviewer's submission", (round) => {
    const until = Object.values(protocols).map(
      (protocol) =>
        sightOf({ role: "reviewer", review: "drafting" }, { phase: "scoring", round, protocol }).sealedUntil,
    );
    expect(until).toEqual(["submission", "reveal", "reveal", "reveal"]);
    const watching = sightOf({ role: "observer", review: null }, { phase: "scoring", round, protocol: protocols.live });
    expect(watching.sealedUntil).toBe("reveal");
  });

  test("the facilitator of an anonymous panel sees counts of progress and nobody behind them", () => {
    const sight = sightOf(
      { role: "facilitator", review: null },
      { phase: "scoring", round: 1, protocol: protocols.anonymous },
    );
    expect(sight).toMatchObject({ progress: "#", roster: "-", figures: "-", scores: "-", rationales: "-" });
  });

  test("a facilitator who reads drafts sees names in a named panel, and names with codes in a pseudonymous one", () => {
    const chair = { role: "facilitator", review: null } as const;
    const seen = (protocol: typeof protocols.live) => sightOf(chair, { phase: "scoring", round: 1, protocol });
    expect(seen(protocols.live)).toMatchObject({ figures: "full^", scores: "name", roster: "who", ownScores: "-" });
    expect(seen(protocols.pseudonymous)).toMatchObject({ scores: "name and code", rationales: "name and code" });
    expect(standingOf(chair, { phase: "scoring", round: 1, protocol: protocols.live })).toBe("chair+");
  });

  test("an observer sees progress and the set-up", () => {
    const sight = sightOf({ role: "observer", review: null }, { phase: "scoring", round: 1, protocol: protocols.live });
    expect(planFor(sight)).toEqual(new Set(["setUp", "progress", "audit"]));
  });

  test("a reviewer whom the round does not know stands where least is seen", () => {
    expect(
      standingOf({ role: "reviewer", review: null }, { phase: "scoring", round: 1, protocol: protocols.live }),
    ).toBe("drafting");
  });

  test("nobody's own facts are shown to a chair", () => {
    expect(sealed.ownScores["chair+"]).toBe("-");
    expect(sealed.ownScores["chair-"]).toBe("-");
  });
});

describe("from the reveal on", () => {
  test("labels follow the mode: name, code, none", () => {
    const labels = Object.entries(protocols).map(
      ([, protocol]) =>
        sightOf({ role: "reviewer", review: "absent" }, { phase: "discussion", round: 1, protocol }).rationales,
    );
    expect(labels).toEqual(["name", "name", "code^", "bare^"]);
  });

  test("an anonymous panel never shows one person's row, to nobody", () => {
    for (const role of ["reviewer", "facilitator", "observer"] as const) {
      expect(sightOf({ role, review: null }, { phase: "closed", round: 1, protocol: protocols.anonymous }).scores).toBe(
        "-",
      );
    }
  });

  test("in round 2 the figures are sealed again, and the reading once shown stays shown", () => {
    const sight = sightOf(
      { role: "reviewer", review: "drafting" },
      { phase: "scoring", round: 2, protocol: protocols.live },
    );
    expect(sight).toMatchObject({ figures: "-", referenceReading: "full" });
  });
});

test("before round 1 only the set-up exists", () => {
  const sight = sightOf(
    { role: "facilitator", review: null },
    { phase: "draft", round: null, protocol: protocols.live },
  );
  expect(facts.filter((fact) => sight[fact] !== "-")).toEqual(["setUp", "progress", "audit"]);
});
