import { z } from "zod";
import {
  boardAnswer,
  cellAnswer,
  consensusAnswer,
  snapshotAnswer,
  snapshotsAnswer,
} from "#server/api/answers/results.ts";
import { type Asked, type Call, callForMember, parameter } from "#server/api/call.ts";
import { exportPanel } from "#server/api/export-panel.ts";
import { readBoard } from "#server/queries/read-board.ts";
import { readCell } from "#server/queries/read-cell.ts";
import { readConsensus } from "#server/queries/read-consensus.ts";
import { readSnapshot, readSnapshots } from "#server/queries/read-snapshots.ts";
import { fileFormats } from "#server/reports/file-formats.ts";

/** What came of the scores, cut to what the caller may see. */
export const resultCalls: readonly Call[] = [
  callForMember(
    ["GET", "/panels/:panelId/board"],
    { summary: "The current round's figures, as far as the caller may see them now.", answer: boardAnswer },
    async (member, { app }) => readBoard(app, member),
  ),
  callForMember(
    ["GET", "/panels/:panelId/cells/:policyId/:criterionId"],
    { summary: "One cell with its rationales, as far as the caller may see them now.", answer: cellAnswer },
    async (member, asked) => readCell(asked.app, member, cellOf(asked)),
  ),
  callForMember(
    ["GET", "/panels/:panelId/consensus"],
    { summary: "The stored consensus over all rounds.", answer: consensusAnswer },
    async (member, { app }) => readConsensus(app, member),
  ),
  callForMember(
    ["GET", "/panels/:panelId/snapshots"],
    { summary: "The immutable snapshots, one for each closed round.", answer: snapshotsAnswer },
    async (member, { app }) => readSnapshots(app, member),
  ),
  callForMember(
    ["GET", "/panels/:panelId/snapshots/:version"],
    { summary: "One snapshot with the input and output that were hashed.", answer: snapshotAnswer },
    async (member, asked) => readSnapshot(asked.app, member, { version: Number(parameter(asked, "version")) }),
  ),
  callForMember(
    ["GET", "/panels/:panelId/export"],
    {
      summary: "The panel as a file, with no more in it than the caller may see.",
      query: [{ name: "format", schema: z.enum([...fileFormats.keys()]) }],
      answer: "attachment",
    },
    async (member, { app, query }) => exportPanel(app, member, query.get("format")),
  ),
];

function cellOf(asked: Asked): { policyId: string; criterionId: string } {
  return { policyId: parameter(asked, "policyId"), criterionId: parameter(asked, "criterionId") };
}
