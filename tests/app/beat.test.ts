import { expect, test } from "vitest";
import { makeBeat } from "#app/hooks/beat.ts";

test("a page tells at most every five minutes that somebody is at work, and only when somebody is", () => {
  const minute = 60_000;
  let now = 0;
  const sent: number[] = [];
  const notice = makeBeat({ send: () => sent.push(now / minute), now: () => now });
  const worksAt = [0, 1, 4.9, 5, 5.1, 9, 10, 10.1, 40, 41, 45];
  for (const minutes of worksAt) {
    now = minutes * minute;
    notice();
  }
  expect(sent).toEqual([5, 10, 40, 45]);
});
