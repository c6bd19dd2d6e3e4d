import type { Application } from "#server/application.ts";
import type { Identity } from "#server/auth/accounts.ts";
import type { Visitor } from "#server/auth/visitor.ts";
import { changePassword } from "#server/commands/change-password.ts";
import { createToken, revokeToken } from "#server/commands/create-token.ts";
import { endAllSessions, endOtherSessions, endSession } from "#server/commands/end-sessions.ts";
import { cookiesOf, type Entered } from "#server/commands/enter.ts";
import { removeSecondStep, renewRecoveryCodes } from "#server/commands/remove-second-step.ts";
import { confirmSecondStep, offerSecondStep, withdrawSecondStep } from "#server/commands/set-up-second-step.ts";
import { notFound } from "#server/refusal.ts";
import { type Typed, textAt } from "./components/typed.ts";

interface Asked {
  readonly app: Application;
  readonly identity: Identity;
  readonly visitor: Visitor;
  readonly fields: Typed;
}

/** What was done: shown on the page at once where it is seen only this once, else after going to `to`. */
interface Done {
  readonly to: string;
  readonly token: string | null;
  readonly recoveryCodes: readonly string[] | null;
  readonly cookies: readonly string[];
}

const plain: Done = { to: "/profile", token: null, recoveryCodes: null, cookies: [] };

/** The forms of the profile page, by the name of their button. */
const acts: Readonly<Record<string, (asked: Asked) => Promise<Partial<Done>>>> = {
  async token({ app, identity, fields }) {
    const { token } = await createToken(app, identity.user, { name: textAt(fields, "name") });
    return { token };
  },
  async revoke({ app, identity, fields }) {
    await revokeToken(app, identity.user, { tokenId: textAt(fields, "tokenId") });
    return {};
  },
  async password({ app, identity: { user }, visitor, fields }) {
    const entered = await changePassword(app, { user, visitor }, fields);
    return { to: "/profile?done=password", cookies: cookiesOf(app, entered) };
  },
  async offer({ app, identity, fields }) {
    await offerSecondStep(app, identity.user, { password: textAt(fields, "offerPassword") });
    return {};
  },
  async withdraw({ app, identity }) {
    await withdrawSecondStep(app, identity.user);
    return {};
  },
  async confirm({ app, identity: { user }, visitor, fields }) {
    const { entered, recoveryCodes } = await confirmSecondStep(
      app,
      { user, visitor },
      { code: textAt(fields, "code") },
    );
    return { recoveryCodes, cookies: cookiesOf(app, entered) };
  },
  async codes({ app, identity, fields }) {
    return renewRecoveryCodes(app, identity.user, { password: textAt(fields, "codesPassword") });
  },
  async remove({ app, identity: { user }, visitor, fields }) {
    const entered: Entered = await removeSecondStep(
      app,
      { user, visitor },
      { password: textAt(fields, "removePassword") },
    );
    return { to: "/profile?done=removed", cookies: cookiesOf(app, entered) };
  },
  async end({ app, identity, fields }) {
    await endSession(app, identity, { sessionId: textAt(fields, "sessionId") });
    return {};
  },
  async "end-others"({ app, identity }) {
    await endOtherSessions(app, identity);
    return { to: "/profile?done=ended" };
  },
  async "end-all"({ app, identity }) {
    await endAllSessions(app, identity);
    return { to: "/sign-in", cookies: [app.accounts.blankCookie()] };
  },
};

/** @throws Refusal 404 for a button that no form has */
export async function actOnProfile(intent: string, asked: Asked): Promise<Done> {
  const act = Object.hasOwn(acts, intent) ? acts[intent] : undefined;
  if (!act) throw notFound();
  return { ...plain, ...(await act(asked)) };
}
