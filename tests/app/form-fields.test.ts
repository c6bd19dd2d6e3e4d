import { describe, expect, it } from "vitest";
import { fieldsOf, isTicked, numberOf, optionalText } from "#app/form-fields.ts";

describe("a form's fields", () => {
  it("make objects and lists of dotted names, in the order of their numbers", () => {
    const fields = fieldsOf([
      ["title", "Our panel"],
      ["criteria.1.name", "second"],
      ["criteria.0.name", "first"],
      ["criteria.0.effect.low", "less"],
    ]);
    expect(fields).toEqual({
      title: "Our panel",
      criteria: [{ name: "first", effect: { low: "less" } }, { name: "second" }],
    });
  });

  it("close the gaps that removed rows leave", () => {
    expect(
      fieldsOf([
        ["rows.7", "b"],
        ["rows.2", "a"],
      ]),
    ).toEqual({ rows: ["a", "b"] });
  });

  it("make a list of a name that occurs twice", () => {
    expect(
      fieldsOf([
        ["cell", "a"],
        ["cell", "b"],
      ]),
    ).toEqual({ cell: ["a", "b"] });
  });

  it("leave out names of more parts than any field of ours has", () => {
    expect(fieldsOf([["a.b.c.d.e.f", "kept"]])).toEqual({ a: { b: { c: { d: { e: { f: "kept" } } } } } });
    expect(fieldsOf([["a.b.c.d.e.f.g", "left out"]])).toEqual({});
    expect(fieldsOf([[`a${".a".repeat(30_000)}`, "left out"]])).toEqual({});
  });

  it("hold one row more than a panel may have, so that it is refused in words, and not thousands of them", () => {
    const rows = (list: string) => Array.from({ length: 3_000 }, (_, row) => [`${list}.${row}.id`, "x"] as const);
    const { policies, rubric, other } = fieldsOf([
      ...rows("policies"),
      ...rows("rubric.criteria"),
      ...rows("rubric.perspectives"),
      ...rows("other"),
    ]);
    const { criteria, perspectives } = Object(rubric);
    expect([policies, criteria, perspectives, other].map((list) => list?.length)).toEqual([201, 41, 21, 21]);
  });

  it("leave out names that would reach into an object's own machinery, names that collide, and files", () => {
    const fields = fieldsOf([
      ["__proto__.polluted", "yes"],
      ["a.constructor.prototype", "yes"],
      ["a.__proto__", "yes"],
      ["b", "text"],
      ["b.c", "collides"],
      ["file", new Blob()],
      ["", "nameless"],
      ["x..y", "gap"],
    ]);
    expect(fields).toEqual({ b: "text" });
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});

describe("a single field", () => {
  it("is a number where it reads as one, and is kept for the schema to refuse where it does not", () => {
    expect(["7", " -2 ", "\u22121", "+1", "0.5", "1e3", "seven"].map(numberOf)).toEqual([
      7,
      -2,
      -1,
      1,
      0.5,
      "1e3",
      "seven",
    ]);
    expect([numberOf(""), numberOf("  "), numberOf(undefined)]).toEqual([undefined, undefined, undefined]);
  });

  it("is not given when it is blank", () => {
    expect([optionalText(" "), optionalText("text"), optionalText(["a", "b"])]).toEqual([undefined, "text", undefined]);
  });

  it("is a ticked box when it was sent at all", () => {
    expect([isTicked("yes"), isTicked(undefined)]).toEqual([true, false]);
  });
});
