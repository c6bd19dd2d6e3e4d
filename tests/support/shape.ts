import { expect } from "vitest";
import { calls } from "#server/api/calls.ts";
import type { Answer } from "./people.ts";

/** Holds an answer to what the served document says of its call: the status of success and the whole shape. */
export function expectAsDescribed(route: string, answer: Answer): void {
  const call = calls.find(({ method, path }) => `${method} ${path}` === route);
  if (!call) throw new Error(`${route} is no call`);
  const status = call.answer === undefined ? 204 : (call.status ?? 200);
  expect({ status: answer.status, text: status === answer.status ? "" : answer.text }).toEqual({ status, text: "" });
  if (call.answer === undefined) expect(answer.text).toBe("");
  else if (call.answer === "attachment") expect(answer.headers.get("content-disposition")).toMatch(/^attachment; /);
  else expect(call.answer.safeParse(answer.body).error?.issues ?? []).toEqual([]);
}
