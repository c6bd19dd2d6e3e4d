import { describe, expect, it } from "vitest";
import { type Draft, emptyDraft, type SaveState } from "#app/hooks/draft.ts";
import { DraftSaver } from "#app/hooks/draft-saver.ts";
import { newerDraftOf, type PutReply, type PutRequest } from "#app/hooks/put-draft.ts";

const text = (rationale: string): Draft => ({ ...emptyDraft, rationale });
const newer = { ...text("from the other window"), version: 7 };

/** A server that answers in the order given, then saves; and a saver that talks to it. */
function aSaver({ replies = [], isInConflict = false }: { replies?: PutReply[]; isInConflict?: boolean } = {}) {
  const sent: PutRequest[] = [];
  const states: SaveState[] = [];
  let keys = 0;
  const saver = new DraftSaver({
    url: "/cell",
    saved: emptyDraft,
    version: 0,
    isInConflict,
    put: async (request) => {
      sent.push(request);
      return replies.shift() ?? { kind: "saved", version: request.version + 1, savedAt: "2026-12-11T14:14:00.000Z" };
    },
    newKey: () => `key ${++keys}`,
    onState: (state) => states.push(state),
  });
  return { saver, sent, states };
}

/** What was sent, in short. */
function lines(sent: readonly PutRequest[]): string[] {
  return sent.map(({ draft, version, key }) => `${draft.rationale} over ${version}, ${key}`);
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("a draft", () => {
  it("is saved once nothing has changed for a while, and only its last state", async () => {
    const { saver, sent, states } = aSaver();
    saver.change(text("a"), 20);
    saver.change(text("ab"), 20);
    await until(() => states.at(-1)?.kind === "saved");
    expect(lines(sent)).toEqual(["ab over 0, key 1"]);
    expect(saver.version).toBe(1);
  });

  it("is saved one version after the other, what was typed meanwhile included", async () => {
    const { saver, sent } = aSaver();
    saver.change(text("a"), 1000);
    const safe = saver.flush();
    saver.change(text("ab"), 1000);
    expect(await safe).toBe(true);
    expect(lines(sent)).toEqual(["a over 0, key 1", "ab over 1, key 2"]);
  });

  it("is not sent again when nothing changed", async () => {
    const { saver, sent } = aSaver();
    saver.change(emptyDraft, 0);
    expect(await saver.flush()).toBe(true);
    expect(sent).toEqual([]);
  });

  it("goes out again under the same key when nobody knows whether it arrived", async () => {
    const { saver, sent, states } = aSaver({ replies: [{ kind: "unreachable", afterMs: 10 }] });
    saver.change(text("a"), 0);
    expect(await saver.flush()).toBe(false);
    expect(states.at(-1)).toEqual({ kind: "retrying" });
    await until(() => states.at(-1)?.kind === "saved");
    expect(lines(sent)).toEqual(["a over 0, key 1", "a over 0, key 1"]);
  });

  it("waits for a sign-in, and then goes out under its key", async () => {
    const { saver, sent, states } = aSaver({ replies: [{ kind: "signed-out" }] });
    saver.change(text("a"), 0);
    await saver.flush();
    saver.change(text("ab"), 0);
    expect(states.at(-1)).toEqual({ kind: "signed-out" });
    expect(await saver.retry()).toBe(true);
    expect(lines(sent)).toEqual(["a over 0, key 1", "a over 0, key 1", "ab over 1, key 2"]);
  });

  it("overwrites nothing from another window until a person has chosen", async () => {
    const { saver, sent, states } = aSaver({ replies: [{ kind: "conflict", newer }] });
    saver.change(text("mine"), 0);
    await saver.flush();
    saver.change(text("mine, longer"), 0);
    expect(await saver.flush()).toBe(false);
    expect(states.at(-1)).toEqual({ kind: "conflict", newer });
    expect(await saver.settle(text("mine, longer"), newer.version)).toBe(true);
    expect(lines(sent)).toEqual(["mine over 0, key 1", "mine, longer over 7, key 2"]);
  });

  it("that begins in conflict is not sent by itself, not even when the page goes away", async () => {
    const { saver, sent } = aSaver({ isInConflict: true });
    saver.change(text("mine"), 0);
    saver.leave();
    expect(await saver.flush()).toBe(false);
    expect(sent).toEqual([]);
  });

  it("that was refused stays on the page and may be corrected", async () => {
    const { saver, sent, states } = aSaver({ replies: [{ kind: "refused", sentence: "Too long." }] });
    saver.change(text("long"), 0);
    expect(await saver.flush()).toBe(false);
    expect(states.at(-1)).toEqual({ kind: "refused", sentence: "Too long." });
    saver.change(text("short"), 0);
    expect(await saver.flush()).toBe(true);
    expect(lines(sent)).toEqual(["long over 0, key 1", "short over 0, key 2"]);
  });

  it("goes out when the page goes away, after the save that is under way", () => {
    const { saver, sent } = aSaver();
    saver.change(text("a"), 1000);
    void saver.flush();
    saver.change(text("ab"), 1000);
    saver.leave();
    expect(lines(sent)).toEqual(["a over 0, key 1", "ab over 1, key 2"]);
  });

  it("can be taken back step by step, and taking back adds no step", async () => {
    const { saver, sent } = aSaver();
    for (const rationale of ["a", "ab"]) {
      saver.change(text(rationale), 1000);
      await saver.flush();
    }
    expect(saver.undo()).toEqual(text("a"));
    await saver.flush();
    expect(saver.undo()).toEqual(emptyDraft);
    await saver.flush();
    expect([saver.undo(), saver.mayUndo]).toEqual([null, false]);
    expect(lines(sent).map((line) => line.split(",")[0])).toEqual(["a over 0", "ab over 1", "a over 2", " over 3"]);
  });
});

describe("the newer text of a refusal", () => {
  it("is read part by part, and what is missing counts as empty", () => {
    const current = {
      value: 1,
      nonScore: null,
      rationale: "So.",
      changeReason: { code: "other", note: "x" },
      version: 3,
    };
    expect(newerDraftOf(current)).toEqual(current);
    expect(newerDraftOf({ nonScore: "nonsense", changeReason: { code: "nonsense" } })).toEqual({
      ...emptyDraft,
      version: 0,
    });
    expect(newerDraftOf(null)).toEqual({ ...emptyDraft, version: 0 });
  });
});
