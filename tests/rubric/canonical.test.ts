import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { canonical } from "#rubric/canonical.ts";
import { compareText } from "#rubric/text-order.ts";

describe("the canonical text of a value", () => {
  test("sorts keys by code unit at every depth and leaves out what is undefined", () => {
    expect(canonical({ b: [1, -0.5, { z: null, a: true }], a: "x", c: undefined, "": 0 })).toBe(
      '{"":0,"a":"x","b":[1,-0.5,{"a":true,"z":null}]}',
    );
    expect(canonical({ "\u{1f600}": 1, "\uff5e": 2, "10": 3, "9": 4 })).toBe('{"10":3,"9":4,"\u{1f600}":1,"\uff5e":2}');
  });

  test("writes numbers as short as they can be read back, and zero without a sign", () => {
    expect(canonical([0.1, 1e21, 1e-7, 100, -0, 12.0])).toBe("[0.1,1e+21,1e-7,100,0,12]");
  });

  test.each([
    [Number.NaN, "NaN has no JSON text"],
    [Number.NEGATIVE_INFINITY, "-Infinity has no JSON text"],
    [undefined, "a undefined has no JSON text"],
    [() => 1, "a function has no JSON text"],
    [[undefined], "a undefined has no JSON text"],
  ])("refuses %s", (value, message) => {
    expect(() => canonical(value)).toThrow(new RangeError(message));
  });

  property.prop([fc.jsonValue()])("is JSON of the same value", (value) => {
    expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
  });
});

test("text is put in order by code unit, runs of digits by their number", () => {
  const names = ["Reviewer 10", "Reviewer 9", "alpha", "Zeta", "Reviewer 9b", "Émile"];
  expect(names.sort(compareText)).toEqual(["Reviewer 9", "Reviewer 9b", "Reviewer 10", "Zeta", "alpha", "Émile"]);
  // Only equal texts are level, so that no order is left to chance.
  expect(compareText("R1", "R1")).toBe(0);
  expect(compareText("R1", "R01")).toBe(-compareText("R01", "R1"));
});
