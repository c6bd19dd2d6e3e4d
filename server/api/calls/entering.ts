import {
  sessionAnswer,
  setUpAnswer,
  templatesAnswer,
  tokenCreatedAnswer,
  tokensAnswer,
} from "#server/api/answers/person.ts";
import { type Call, callForAnyone, callForUser, parameter, signedIn } from "#server/api/call.ts";
import { createFirstAdministrator, setupInput } from "#server/commands/create-first-administrator.ts";
import { createToken, revokeToken, tokenInput } from "#server/commands/create-token.ts";
import { cookiesOf } from "#server/commands/enter.ts";
import { signIn, signInInput } from "#server/commands/sign-in.ts";
import { signOut } from "#server/commands/sign-out.ts";
import { readTokens } from "#server/queries/read-installation.ts";
import { readTemplates } from "#server/queries/read-templates.ts";

/** How people and programs come in, and what they may read before they do. */
export const enteringCalls: readonly Call[] = [
  callForAnyone(
    ["POST", "/setup"],
    {
      summary: "Become the first administrator, with the set-up token; 404 once there is one.",
      body: setupInput,
      status: 201,
      answer: setUpAnswer,
    },
    async ({ app, visitor, body, setHeader }) => {
      const entered = await createFirstAdministrator(app, visitor, body);
      for (const cookie of cookiesOf(app, entered)) setHeader("Set-Cookie", cookie);
      return { userId: entered.userId, token: entered.session.sessionId };
    },
  ),
  callForAnyone(
    ["POST", "/session"],
    {
      summary:
        "Sign in, with the code of an authenticator app where the account has one. The session cookie is set too.",
      body: signInInput,
      answer: sessionAnswer,
      refusals: [401, 403, 429],
    },
    async ({ app, visitor, body, setHeader }) => {
      const entered = await signIn(app, visitor, body);
      for (const cookie of cookiesOf(app, entered)) setHeader("Set-Cookie", cookie);
      const { sessionId: token, expiresAt } = entered.session;
      return { userId: entered.userId, token, expiresAt };
    },
  ),
  callForUser(
    ["DELETE", "/session"],
    { summary: "Sign out: the session, or the token shown, ends at once." },
    async (_user, asked) => {
      await signOut(asked.app, signedIn(asked));
      asked.setHeader("Set-Cookie", asked.app.accounts.blankCookie());
      asked.setHeader("Clear-Site-Data", '"cache", "storage"');
    },
  ),
  callForUser(
    ["POST", "/session/activity"],
    { summary: "Says that a person is at work, which keeps a session from ending; reading alone does not." },
    // Being a write is all there is to it.
    async () => {},
  ),
  callForAnyone(
    ["GET", "/templates"],
    { summary: "The built-in lists of criteria and policies.", answer: templatesAnswer },
    async () => readTemplates(),
  ),
  callForUser(
    ["GET", "/tokens"],
    { summary: "The caller's personal tokens.", answer: tokensAnswer },
    async (user, { app }) => readTokens(app, user),
  ),
  callForUser(
    ["POST", "/tokens"],
    {
      summary: "Make a personal token. It is shown this once.",
      body: tokenInput,
      status: 201,
      answer: tokenCreatedAnswer,
    },
    async (user, { app, body }) => createToken(app, user, body),
  ),
  callForUser(["DELETE", "/tokens/:tokenId"], { summary: "Revoke a personal token." }, async (user, asked) =>
    revokeToken(asked.app, user, { tokenId: parameter(asked, "tokenId") }),
  ),
];
