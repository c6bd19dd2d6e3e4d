import type { User } from "#rubric/member.ts";
import type { Application } from "#server/application.ts";
import { chooseSecondStep } from "#server/commands/choose-second-step.ts";
import { removeSecondStepOf } from "#server/commands/remove-second-step.ts";
import { sendReset } from "#server/commands/send-reset.ts";
import { setPassword } from "#server/commands/set-password.ts";
import { readOutbox } from "#server/queries/read-installation.ts";
import { notFound } from "#server/refusal.ts";
import { type Typed, textAt } from "./components/typed.ts";

interface Asked {
  readonly app: Application;
  readonly administrator: User;
  readonly fields: Typed;
}

type Mails = Awaited<ReturnType<typeof readOutbox>>["mails"];

/** What was done, in a sentence; and the mails, which are shown once and then asked for again. */
export interface AdminAnswer {
  readonly sentence: string | null;
  readonly mails: Mails | null;
}

/** The forms of the administration page, by the name of their button. */
const acts: Readonly<Record<string, (asked: Asked) => Promise<AdminAnswer>>> = {
  async link({ app, administrator, fields }) {
    await sendReset(app, administrator, { userId: textAt(fields, "linkUserId") });
    return said("The link is in the outbox, and on its way if there is a mail server. It works once, within an hour.");
  },
  async password({ app, administrator, fields }) {
    await setPassword(app, administrator, { userId: textAt(fields, "userId"), password: textAt(fields, "password") });
    return said("The password is set, and that person's sessions and tokens have ended.");
  },
  async remove({ app, administrator, fields }) {
    const input = { userId: textAt(fields, "stepUserId"), password: textAt(fields, "ownPassword") };
    await removeSecondStepOf(app, administrator, input);
    return said("Two-step sign-in is off for that person, and their sessions have ended.");
  },
  async rule({ app, administrator, fields }) {
    const { secondStep, rulePassword } = fields;
    await chooseSecondStep(app, administrator, { secondStep, rulePassword });
    return said("The rule is kept. Whoever it asks and who has not set it up is led to it now.");
  },
  async outbox({ app, administrator, fields }) {
    const { mails } = await readOutbox(app, administrator, { password: textAt(fields, "outboxPassword") });
    return { sentence: null, mails };
  },
};

function said(sentence: string): AdminAnswer {
  return { sentence, mails: null };
}

/** @throws Refusal 404 for a button that no form has */
export async function actOnInstallation(intent: string, asked: Asked): Promise<AdminAnswer> {
  const act = Object.hasOwn(acts, intent) ? acts[intent] : undefined;
  if (!act) throw notFound();
  return act(asked);
}
