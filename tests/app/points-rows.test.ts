import { describe, expect, it } from "vitest";
import { isAboutPoints, newerPoints, pointsRows, typedPoints, typedWords } from "#app/components/points-rows.ts";
import type { RefusalView } from "#app/components/refusal-view.ts";
import { templateFor } from "#rubric/templates/templates.ts";
import type { OwnPoints } from "#rubric/views.ts";

const criteria = templateFor("wilson-hine", "staff-team")?.rubric.criteria.slice(0, 3) ?? [];
const none: OwnPoints = { points: {}, version: 0, savedAt: null, earlier: null };
const earlier = { round: 1, points: { I1: 100, I3: 0 } };
const refused: RefusalView = { status: 422, sentence: "No.", errors: [], current: null, typed: {} };

const valuesOf = (own: OwnPoints, refusal?: RefusalView) =>
  pointsRows(criteria, own, refusal).map(({ before, value }) => [before, value]);

describe("the fields for points", () => {
  it("start empty, with a proposal, or with what was saved, even if that is nothing", () => {
    expect(valuesOf(none)).toEqual([
      ["", ""],
      ["", ""],
      ["", ""],
    ]);
    expect(valuesOf({ ...none, earlier })).toEqual([
      ["100", "100"],
      ["", ""],
      ["0", "0"],
    ]);
    expect(valuesOf({ ...none, earlier, version: 2 })).toEqual(valuesOf(none));
  });

  it("keep what was typed and refused, with the error at its criterion", () => {
    const typed = {
      points: [
        { id: "I1", before: "", value: "101" },
        { id: "I2", before: "7", value: "" },
      ],
    };
    const refusal = { ...refused, typed, errors: [{ path: "points.I1", message: "Too many." }] };
    expect(valuesOf({ ...none, points: { I3: 5 }, version: 1 }, refusal)).toEqual([
      ["", "101"],
      ["7", ""],
      ["5", "5"],
    ]);
    expect(pointsRows(criteria, none, refusal).map(({ error }) => error)).toEqual(["Too many.", undefined, undefined]);
    expect(typedWords(refusal)).toBe("I1 101");
  });

  it("are points once each is a whole number up to 100", () => {
    expect(typedPoints(criteria, [" 5 ", "", "100"])).toEqual({ I1: 5, I3: 100 });
    for (const wrong of ["101", "-1", "4.5", "many"]) expect(typedPoints(criteria, ["5", wrong, ""])).toBeNull();
  });
});

describe("a refusal", () => {
  it("is about the points if they are stale or at fault, not if cells are missing", () => {
    const at = (path: string) => ({ ...refused, errors: [{ path, message: "No." }] });
    expect([at("points.I1"), { ...refused, status: 409 }, at("P1.I1")].map(isAboutPoints)).toEqual([true, true, false]);
  });

  it("of stale points carries the newer ones", () => {
    const current = { points: { I1: 5 }, version: 3 };
    expect(newerPoints({ ...refused, status: 409, current })).toEqual(current);
    for (const other of [undefined, { ...refused, current }, { ...refused, status: 409, current: { version: 3 } }])
      expect(newerPoints(other)).toBeNull();
  });
});
