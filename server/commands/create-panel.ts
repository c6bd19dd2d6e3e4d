import { insertMember } from "#db/members.ts";
import { insertPanel } from "#db/panels.ts";
import { storeRubric } from "#db/rubrics.ts";
import type { User } from "#rubric/member.ts";
import { type PanelInput, panelInput } from "#rubric/panel.ts";
import { mergeProtocol, type Protocol, protocolInput, protocolSchema } from "#rubric/protocol.ts";
import { ownRubric } from "#rubric/templates/own-rubric.ts";
import type { StartingSet } from "#rubric/templates/template.ts";
import { templateFor } from "#rubric/templates/templates.ts";
import type { Application } from "../application.ts";
import { recordEvent, sealEvents } from "../audit.ts";
import { hashOf } from "../hash.ts";
import { parse } from "../parse.ts";
import { invalid } from "../refusal.ts";
import { requireSecondStepFor } from "./require-second-step.ts";
import { write } from "./write.ts";

/** Makes a panel in draft; whoever makes it is its facilitator. `synthetic` marks invented data for ever. */
export async function createPanel(
  app: Application,
  user: User,
  { input, synthetic = false }: { input: unknown; synthetic?: boolean },
): Promise<{ panelId: string }> {
  const given = parse(panelInput, input);
  const protocol = protocolOf(given.protocol);
  const start = startingSet(given, protocol);
  await requireSecondStepFor(app, user, "facilitator");
  const panelId = app.newId();
  const memberId = app.newId();
  const { title, question } = given;
  const hashes = { rubricHash: rubricHash(start), protocolHash: hashOf(protocol) };
  return write(app, user.userId, async (db) => {
    await insertPanel(db, {
      panelId,
      title,
      question,
      synthetic,
      protocol,
      protocolHash: hashes.protocolHash,
      secret: app.chance.bytes(32),
      scale: start.rubric.scale,
    });
    await storeRubric(db, panelId, { version: 1, ...start, rubricHash: hashes.rubricHash });
    await insertMember(db, {
      panelId,
      memberId,
      userId: user.userId,
      role: "facilitator",
      scores: given.facilitatorScores,
      groupLabel: null,
      code: null,
    });
    const by = { panelId, by: memberId };
    await recordEvent(db, by, { act: "panel-created", panelId, title, question, synthetic, ...hashes });
    await recordEvent(db, by, {
      act: "member-joined",
      memberId,
      name: user.name,
      role: "facilitator",
      scores: given.facilitatorScores,
      group: null,
    });
    await sealEvents(db, panelId);
    return { panelId };
  });
}

/** The protocol with every parameter, checked as a whole. */
export function protocolOf(input: PanelInput["protocol"]): Protocol {
  const result = protocolSchema.safeParse(mergeProtocol(parse(protocolInput, input)));
  if (result.success) return result.data;
  throw invalid(
    "The protocol's parameters do not go together.",
    result.error.issues.map((issue) => ({ path: ["protocol", ...issue.path].join("."), message: issue.message })),
  );
}

/** What the panel's record hashes of its rubric: everything reviewers judge by. */
export function rubricHash({ rubric, policies }: Pick<StartingSet, "rubric" | "policies">): string {
  return hashOf({ rubric, policies });
}

function startingSet(given: PanelInput, protocol: Protocol): StartingSet {
  if (given.rubric) {
    const policies = given.policies ?? given.rubric.policies ?? [];
    return ownRubric({ title: given.title, rubric: given.rubric, policies }, protocol.preset);
  }
  const start = templateFor(given.template ?? "", protocol.preset);
  if (!start) throw invalid("There is no such template.", [{ path: "template", message: "No template has this id." }]);
  return start;
}
