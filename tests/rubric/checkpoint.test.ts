import { describe, expect, test } from "vitest";
import { checkpointsOf, checkpointText, readCheckpoint } from "#rubric/checkpoint.ts";
import { idOf, openedAt } from "./panel-facts.ts";

const head = "2f339ed4c0b902b9e5150d792e3d229e88dbe9e84ab067bf80ede84d55c85672";
const checkpoint = { panelId: idOf(1), seq: 17, head };

describe("a checkpoint", () => {
  test("is written as three lines, the head in base64 as any program writes it", () => {
    const base64 = Buffer.from(head, "hex").toString("base64");
    expect(checkpointText(checkpoint)).toBe(`concord/${idOf(1)}\n17\n${base64}\n`);
  });

  test("is read back, however its lines were copied", () => {
    expect(readCheckpoint(checkpointText(checkpoint))).toEqual(checkpoint);
    expect(readCheckpoint(`  ${checkpointText(checkpoint).replaceAll("\n", " \r\n ")}`)).toEqual(checkpoint);
  });

  test("is no other text, nor another spelling of the same bytes", () => {
    expect(readCheckpoint("concord")).toBeNull();
    const text = checkpointText(checkpoint);
    // The last sign before the filling holds two bits that say nothing.
    const other = text.replace(/(.)=\n$/, (_, sign: string) => `${String.fromCharCode(sign.charCodeAt(0) + 1)}=\n`);
    expect(readCheckpoint(other)).toBeNull();
  });
});

describe("the checkpoints of a chain", () => {
  const entry = (seq: number, batch: number, line: unknown) => ({
    seq,
    batch,
    leaf: head,
    line: typeof line === "string" ? line : JSON.stringify(line),
  });
  const batches = [1, 2, 3, 4].map((batch) => ({ batch, count: 1, head }));
  const opened = { act: "round-opened", round: 1, at: openedAt };

  test("are one for each phase move, and the newest head of all", () => {
    const entries = [
      entry(1, 1, { act: "panel-created", at: openedAt }),
      entry(2, 2, opened),
      entry(3, 2, { act: "member-joined", at: "2026-11-23T10:00:01.000Z" }),
      entry(4, 4, { act: "review-submitted", round: 1, at: "2026-11-23T10:00:02.000Z" }),
    ];
    expect(checkpointsOf(idOf(1), { entries, batches })).toEqual([
      {
        act: "round-opened",
        round: 1,
        at: "2026-11-23T10:00:01.000Z",
        text: checkpointText({ ...checkpoint, seq: 3 }),
      },
      { act: null, round: null, at: "2026-11-23T10:00:02.000Z", text: checkpointText({ ...checkpoint, seq: 4 }) },
    ]);
  });

  test("of a file that was tampered with are what can be read of it", () => {
    const entries = [entry(1, 1, { ...opened, round: "1" }), entry(2, 2, "no JSON"), entry(3, 3, "7"), entry(4, 4, {})];
    expect(checkpointsOf(idOf(1), { entries, batches })).toEqual([
      { act: null, round: null, at: "", text: checkpointText({ ...checkpoint, seq: 4 }) },
    ]);
  });
});
