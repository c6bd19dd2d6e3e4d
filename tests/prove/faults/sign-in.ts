import type { Fault } from "../fault.ts";

/** Pages of other sites, sessions, passwords, codes and links. */
export const signInFaults: readonly Fault[] = [
  {
    name: "a session's id is stored in clear",
    file: "server/auth/session-store.ts",
    find: 'import { sha256 } from "../hash.ts";\n',
    replace: "const sha256 = (id: string) => id;\n",
    also: [
      {
        file: "migrations/0000_initial.sql",
        find: "  session_hash text primary key check (session_hash ~ '^[0-9a-f]{64}$'),\n",
        replace: "  session_hash text primary key,\n",
      },
    ],
    tests: ["tests/server/sign-in.test.ts"],
  },
  {
    name: "sessions survive a new password",
    file: "server/commands/replace-password.ts",
    find: "  await deleteSessionsOf(db, userId);\n",
    replace: "",
    tests: ["tests/server/reset.test.ts"],
  },
  {
    name: "another site's pages may act",
    file: "server/http/same-origin.ts",
    find: 'return site === "same-origin" || site === "none";',
    replace: "return true;",
    tests: ["tests/server/http/same-origin.test.ts"],
  },
  {
    name: "a code of the app works twice",
    file: "db/second-factors.ts",
    find: "lt(secondFactor.lastStep, step)",
    replace: "lt(secondFactor.lastStep, step + 100)",
    tests: ["tests/server/second-step.test.ts"],
  },
  {
    name: "whoever must have a second step and has none is let in",
    file: "db/sessions.ts",
    find: "\n      and not exists (select from owes_second_step o where o.user_id = s.user_id)`;",
    replace: "`;",
    tests: ["tests/server/second-step.test.ts"],
  },
  {
    name: "guesses that come at once are counted too late",
    file: "db/attempts.ts",
    find: "pg_advisory_xact_lock(",
    replace: "(",
    tests: ["tests/server/sign-in.test.ts"],
  },
  {
    name: "a device known to one person has an allowance for every account",
    file: "db/known-devices.ts",
    find: ".where(and(eq(appUser.email, device.email), eq(knownDevice.deviceHash, device.deviceHash)));",
    replace: ".where(eq(knownDevice.deviceHash, device.deviceHash));",
    tests: ["tests/server/sign-in.test.ts"],
  },
  {
    name: "a browser's former session outlives a new sign-in",
    file: "server/commands/enter.ts",
    find: "  if (visitor.formerSessionId !== null) await app.accounts.closeSession(visitor.formerSessionId);\n",
    replace: "",
    tests: ["tests/server/sign-in.test.ts"],
  },
  {
    name: "what the router fetches again keeps a session alive",
    file: "server/http/identify.ts",
    find: 'return !isAhead && (wantedAs === undefined || wantedAs === "document");',
    replace: "return !isAhead;",
    tests: ["tests/server/sessions.test.ts"],
  },
  {
    name: "a link to set a password works twice",
    file: "db/password-resets.ts",
    find: "return spent.length === 1;",
    replace: "return true;",
    tests: ["tests/server/reset.test.ts"],
  },
  {
    name: "an account is looked up before the answer to a forgotten password",
    file: "server/commands/send-reset.ts",
    find: "  app.mail.later(async () => {\n    const person = await findResettable(app.database.pool, request.email);\n",
    replace:
      "  const person = await findResettable(app.database.pool, request.email);\n  app.mail.later(async () => {\n",
    tests: ["tests/server/reset.test.ts"],
  },
  {
    name: "the outbox opens without a password",
    file: "server/queries/read-installation.ts",
    find: '  await confirmPassword(app, user, { password: input.password, field: "outboxPassword" });\n',
    replace: "",
    tests: ["tests/server/reset.test.ts"],
  },
  {
    name: "the Origin of a handshake is left to cors",
    file: "server/realtime/door.ts",
    find: 'return headers.origin === undefined || origins.has(headers.origin) ? null : "403 Forbidden";',
    replace: "return null;",
    also: [
      {
        file: "server/realtime/realtime.ts",
        find: '    transports: ["websocket"],\n',
        replace: '    transports: ["websocket"],\n    cors: { origin: "http://localhost" },\n',
      },
    ],
    tests: ["tests/server/realtime.test.ts"],
  },
  {
    name: "a cookie opens a socket without an Origin",
    file: "server/realtime/introduce.ts",
    find: "  if (origin === undefined) return null;\n",
    replace: "",
    tests: ["tests/server/realtime.test.ts"],
  },
  {
    name: "another site's pages are looked at after ours have acted",
    file: "server/http.ts",
    find: "securityHeaders(app), refuseUnsound(), refuseForeignPages(app));",
    replace: "securityHeaders(app), refuseUnsound());",
    also: [
      {
        file: "server/http.ts",
        find: "  web.use((_request: unknown, response: Reply) => sendProblemPage(",
        replace:
          "  web.use(refuseForeignPages(app));\n  web.use((_request: unknown, response: Reply) => sendProblemPage(",
      },
    ],
    tests: ["tests/server/http/same-origin.test.ts", "tests/server/http/origin-matrix.test.ts"],
  },
  {
    name: "anybody may say which host was asked",
    file: "server/http/forwarded.ts",
    find: "const mayForward = isTrusted(socket.remoteAddress, 0);",
    replace: "const mayForward = true;",
    tests: ["tests/server/http/origin-matrix.test.ts"],
  },
  {
    name: "signing in leads to any address",
    file: "app/request.server.ts",
    find: 'return typeof next === "string" && ownPages.test(next) ? next : "/panels";',
    replace: 'return typeof next === "string" ? next : "/panels";',
    tests: ["tests/server/http/redirects.test.ts"],
    isInPages: true,
  },
  {
    name: "an invitation works twice",
    file: "db/invitations.ts",
    find: "        eq(invitation.tokenHash, tokenHash),\n        isNull(invitation.acceptedAt),\n",
    replace: "        eq(invitation.tokenHash, tokenHash),\n",
    also: [
      {
        file: "server/commands/accept-invitation.ts",
        find: '  if (invitation.acceptedAt !== null)\n    throw new Refusal(409, "This invitation has been used. Sign in to open the panel.");\n',
        replace: "",
      },
    ],
    tests: ["tests/server/api/calls.test.ts"],
  },
];
