import { describe, expect, it } from "vitest";
import { contestedFirst, movesBetween } from "#rubric/board-order.ts";
import { cellKey, cellsOf, type Policy } from "#rubric/rubric.ts";
import { neighbourOf, nextToDo, scoringOrder } from "#rubric/scoring-order.ts";
import { aCell, rubric } from "./board-cells.ts";

const policies: Policy[] = ["P1", "P2", "P3"].map((id) => ({ id, title: id, description: "" }));
const scope = cellsOf(rubric, policies);
const orderFor = (memberId: string) => scoringOrder(scope, { rubric, policies, memberId }).map(cellKey);

describe("a reviewer's order of cells", () => {
  it("goes through one criterion across all policies, then the next", () => {
    const order = orderFor("a").map((key) => key.split("-")[1]);
    const runs = order.filter((criterionId, at) => criterionId !== order[at - 1]);
    expect(runs).toHaveLength(4);
    expect([...orderFor("a")].sort()).toEqual(scope.map(cellKey).sort());
  });

  it("is the same every time and starts elsewhere for others", () => {
    expect(orderFor("a")).toEqual(orderFor("a"));
    const starts = new Set("abcdefghij".split("").map((id) => orderFor(id)[0]));
    expect(starts.size).toBeGreaterThan(3);
  });

  it("holds only the cells of the round's scope", () => {
    const some = scope.slice(2, 5);
    expect(scoringOrder(some, { rubric, policies, memberId: "a" }).map(cellKey).sort()).toEqual(
      some.map(cellKey).sort(),
    );
    expect(scoringOrder([], { rubric, policies: [], memberId: "a" })).toEqual([]);
  });

  it("goes round and finds what is still to do", () => {
    const order = scope.slice(0, 3);
    const [first, second, third] = order.map(cellKey);
    expect(cellKey(neighbourOf(order, third!, 1)!)).toBe(first);
    expect(cellKey(neighbourOf(order, first!, -1)!)).toBe(third);
    expect(neighbourOf(order.slice(0, 1), first!, 1)).toBeNull();
    expect(cellKey(nextToDo(order, second!, [order[0]!])!)).toBe(first);
    expect(nextToDo(order, second!, [order[1]!])).toBeNull();
  });
});

describe("the board's order", () => {
  it("puts splits first, then contested, then what too few could judge, then agreement", () => {
    const cells = {
      agreed: aCell([0, 0, 0, 9, 0], { criterionId: "agreed" }),
      hard: aCell([0, 0, 0, 6, 0], { criterionId: "hard", cannotJudge: 3 }),
      few: aCell([1, 0, 0, 0, 0], { criterionId: "few" }),
      contested: aCell([0, 2, 2, 5, 0], { criterionId: "contested" }),
      split: aCell([4, 0, 0, 0, 5], { criterionId: "split" }),
    };
    const order = contestedFirst(Object.values(cells)).map((cell) => cell.criterionId);
    expect(order).toEqual(["split", "contested", "hard", "few", "agreed"]);
  });

  it("tells how few cells have to move to become another order", () => {
    const held = ["a", "b", "c", "d", "e"];
    expect(movesBetween(held, held)).toBe(0);
    expect(movesBetween(held, ["e", "a", "b", "c", "d"])).toBe(1);
    expect(movesBetween(held, ["c", "e", "a", "b", "d"])).toBe(2);
    expect(movesBetween(held, ["e", "d", "c", "b", "a"])).toBe(4);
    expect(movesBetween([], [])).toBe(0);
  });

  it("asks no cell to move that is gone", () => {
    expect(movesBetween(["gone", "a", "b"], ["a", "b", "new"])).toBe(0);
    expect(movesBetween(["a", "b", "gone"], ["a", "b"])).toBe(0);
    expect(movesBetween(["a", "gone", "b"], ["b", "a"])).toBe(1);
  });
});
