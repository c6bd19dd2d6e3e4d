import type { z } from "zod";
import { notifyPanel } from "#db/notify.ts";
import type { Db } from "#db/open.ts";
import { lockPanel, type PanelRow, raiseVersion, updateSetUp } from "#db/panels.ts";
import { readRubric, storeRubric } from "#db/rubrics.ts";
import type { AuditEvent } from "#rubric/event.ts";
import type { Member } from "#rubric/member.ts";
import { setUpInput } from "#rubric/panel.ts";
import { ownRubric } from "#rubric/templates/own-rubric.ts";
import type { Application } from "../application.ts";
import { recordEvent, sealEvents } from "../audit.ts";
import { hashOf } from "../hash.ts";
import { requireRole } from "../membership.ts";
import { parse } from "../parse.ts";
import { notFound, Refusal } from "../refusal.ts";
import { protocolOf, rubricHash } from "./create-panel.ts";
import { write } from "./write.ts";

/** Changes a draft's set-up; what is left out stays. Once round 1 is open it is frozen. */
export async function editSetUp(app: Application, member: Member, input: unknown): Promise<void> {
  requireRole(member, "facilitator");
  const given = parse(setUpInput, input);
  const { panelId } = member;
  await write(app, member.userId, async (db) => {
    const panel = await lockPanel(db, panelId);
    if (!panel) throw notFound();
    if (panel.phase !== "draft") throw new Refusal(409, "The set-up is frozen since round 1 opened.");
    const setUp = await storeSetUp(db, panel, given);
    await recordEvent(db, { panelId, by: member.memberId }, { act: "set-up-changed", ...setUp });
    const version = await raiseVersion(db, panelId, { by: 1, changesState: true });
    await sealEvents(db, panelId);
    await notifyPanel(db, { panelId, version });
  });
}

async function storeSetUp(
  db: Db,
  panel: PanelRow,
  given: z.infer<typeof setUpInput>,
): Promise<Omit<AuditEvent & { act: "set-up-changed" }, "act">> {
  const { panelId, rubricVersion: version } = panel;
  const before = await readRubric(db, panelId, version);
  const protocol = given.protocol === undefined ? panel.protocol : protocolOf(given.protocol);
  const { title = panel.title, question = panel.question } = given;
  const policies = given.policies ?? given.rubric?.policies ?? [...before.policies];
  const after = given.rubric
    ? ownRubric({ title, rubric: given.rubric, policies }, protocol.preset)
    : { ...before, policies };
  const { rubric, referenceReading } = after;
  const hashes = { rubricHash: rubricHash(after), protocolHash: hashOf(protocol) };
  await storeRubric(db, panelId, { version, rubric, policies, referenceReading, rubricHash: hashes.rubricHash });
  await updateSetUp(db, panelId, { title, question, protocol, protocolHash: hashes.protocolHash, scale: rubric.scale });
  return { title, question, ...hashes };
}
