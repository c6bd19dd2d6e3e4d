import { fc, test as property } from "@fast-check/vitest";
import { expect, it } from "vitest";
import { compareText, sortedByText } from "#rubric/text-order.ts";

it("numbers in texts go by size", () => {
  expect(["Reviewer 10", "Reviewer 9", "Reviewer 1"].sort(compareText)).toEqual([
    "Reviewer 1",
    "Reviewer 9",
    "Reviewer 10",
  ]);
});

it("only equal texts are level, even where their numbers are the same", () => {
  expect([compareText("R 01", "R 1"), compareText("R 1", "R 01"), compareText("R 1", "R 1")]).toEqual([-1, 1, 0]);
});

const label = fc.string({ unit: fc.constantFrom("0", "1", "9", "R", " "), maxLength: 5 });

property.prop([fc.array(label), fc.array(label)])("the order never depends on how texts came", (left, right) => {
  expect([...left, ...right].sort(compareText)).toEqual([...right, ...left].sort(compareText));
});

property.prop([fc.array(label)])("a sorted copy is in the same order, and what was given is as before", (texts) => {
  const given = texts.map((text) => ({ text }));
  expect(sortedByText(given, ({ text }) => text).map(({ text }) => text)).toEqual([...texts].sort(compareText));
  expect(given.map(({ text }) => text)).toEqual(texts);
});
