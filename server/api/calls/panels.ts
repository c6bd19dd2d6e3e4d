import { panelInput } from "#rubric/panel.ts";
import { transitionInput } from "#rubric/round.ts";
import {
  auditAnswer,
  panelAnswer,
  panelCreatedAnswer,
  panelListAnswer,
  versionAnswer,
} from "#server/api/answers/panel.ts";
import { type Call, callForMember, callForUser } from "#server/api/call.ts";
import { createPanel } from "#server/commands/create-panel.ts";
import { moveRound } from "#server/commands/move-round.ts";
import { readAudit } from "#server/queries/read-audit.ts";
import { readPanel } from "#server/queries/read-panel.ts";
import { readPanels } from "#server/queries/read-panels.ts";
import { readVersion } from "#server/queries/read-version.ts";

/** Panels and their way from phase to phase. */
export const panelCalls: readonly Call[] = [
  callForUser(["GET", "/panels"], { summary: "The caller's panels.", answer: panelListAnswer }, async (user, { app }) =>
    readPanels(app, user),
  ),
  callForUser(
    ["POST", "/panels"],
    {
      summary:
        "Make a panel in draft, from a template or from a rubric and policies. The caller becomes its facilitator.",
      body: panelInput,
      status: 201,
      answer: panelCreatedAnswer,
    },
    async (user, { app, body }) => createPanel(app, user, { input: body }),
  ),
  callForMember(
    ["GET", "/panels/:panelId"],
    { summary: "One panel: its set-up, where it stands, and who is in it.", answer: panelAnswer },
    async (member, { app }) => readPanel(app, member),
  ),
  callForMember(
    ["GET", "/panels/:panelId/version"],
    { summary: "The number the live channel announces, for clients without it.", answer: versionAnswer },
    async (member, { app }) => readVersion(app, member),
  ),
  callForMember(
    ["POST", "/panels/:panelId/transitions"],
    {
      summary: "Take the panel one step on; facilitators only. Answers the panel as it is then.",
      body: transitionInput,
      answer: panelAnswer,
      refusals: [403, 409],
    },
    async (member, { app, body }) => {
      await moveRound(app, member, body);
      return readPanel(app, member);
    },
  ),
  callForMember(
    ["GET", "/panels/:panelId/audit"],
    { summary: "The audit lines the caller may see, with their hashes.", answer: auditAnswer },
    async (member, { app }) => readAudit(app, member),
  ),
];
