import { z } from "zod";
import { canonical } from "#rubric/canonical.ts";
import { pointsInput } from "#rubric/points.ts";
import { scoreInput } from "#rubric/score.ts";
import { pointsAnswer, savedAnswer, sheetAnswer, submittedAnswer } from "#server/api/answers/scoring.ts";
import { Attachment } from "#server/api/attachment.ts";
import { type Call, callForMember, parameter } from "#server/api/call.ts";
import { recordScore } from "#server/commands/record-score.ts";
import { savePoints } from "#server/commands/save-points.ts";
import { submitRound } from "#server/commands/submit-round.ts";
import { parse } from "#server/parse.ts";
import { readPoints } from "#server/queries/read-points.ts";
import { readReceipt } from "#server/queries/read-receipt.ts";
import { readSheet } from "#server/queries/read-sheet.ts";

const emptyInput = z.strictObject({});

/** A reviewer's own sheet. */
export const scoringCalls: readonly Call[] = [
  callForMember(
    ["GET", "/panels/:panelId/scores"],
    { summary: "The caller's own scores of the current round.", answer: sheetAnswer },
    async (member, { app }) => {
      const { round, submitted, scores } = await readSheet(app, member);
      return { round, submitted, scores };
    },
  ),
  callForMember(
    ["PUT", "/panels/:panelId/scores/:policyId/:criterionId"],
    {
      summary: "Keep one score as a private draft. A stale version answers 409 with the caller's own newer score.",
      body: scoreInput,
      answer: savedAnswer,
      refusals: [403, 409],
    },
    async (member, asked) => {
      const policyId = parameter(asked, "policyId");
      const criterionId = parameter(asked, "criterionId");
      return recordScore(asked.app, member, { policyId, criterionId, input: asked.body });
    },
  ),
  callForMember(
    ["GET", "/panels/:panelId/points"],
    {
      summary: "How much each criterion matters to the caller, in swing points of the current round.",
      answer: pointsAnswer,
      refusals: [403],
    },
    async (member, { app }) => readPoints(app, member),
  ),
  callForMember(
    ["PUT", "/panels/:panelId/points"],
    {
      summary:
        "Keep the caller's swing points as a private draft, all at once. A stale version answers 409 with the newer ones.",
      body: pointsInput,
      answer: savedAnswer,
      refusals: [403, 409],
    },
    async (member, { app, body }) => savePoints(app, member, body),
  ),
  callForMember(
    ["POST", "/panels/:panelId/submission"],
    {
      summary: "Lock the caller's own scores of this round: from now on they count. 422 lists each incomplete cell.",
      body: emptyInput,
      answer: submittedAnswer,
      refusals: [403],
    },
    async (member, { app, body }) => {
      parse(emptyInput, body);
      return submitRound(app, member);
    },
  ),
  callForMember(
    ["GET", "/panels/:panelId/receipt"],
    {
      summary: "The receipt of the caller's own submission, as it was given then.",
      query: [
        { name: "round", schema: z.string().optional().describe("A round's number; the current one without it.") },
      ],
      answer: "attachment",
    },
    async (member, { app, query }) => {
      const round = query.get("round");
      const receipt = await readReceipt(app, member, { round: round === null ? null : Number(round) });
      const fileName = `concord-receipt-${receipt.panelId.slice(0, 8)}-round-${receipt.round}.json`;
      return new Attachment({ fileName, mediaType: "application/json; charset=utf-8", body: canonical(receipt) });
    },
  ),
];
