import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listMail } from "#db/outbox.ts";
import { findReset } from "#db/password-resets.ts";
import { changePassword } from "#server/commands/change-password.ts";
import { readReset, resetPassword } from "#server/commands/reset-password.ts";
import { requestReset, sendReset } from "#server/commands/send-reset.ts";
import { beginSignIn } from "#server/commands/sign-in.ts";
import { readOutbox } from "#server/queries/read-installation.ts";
import { readInvitation } from "#server/queries/read-invitations.ts";
import { type Account, account, aVisitor, isAccepted, password, signedIn } from "#tests/support/accounts.ts";
import { aClock, type TestClock } from "#tests/support/clock.ts";
import { aPanel, done } from "#tests/support/panels.ts";
import { callApi } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

const next = "an umbrella for the lighthouse";

let clock: TestClock;
let server: TestServer;
let who: Account;
beforeAll(async () => {
  clock = aClock();
  server = await startServer({ clock: clock.now });
});
beforeEach(async () => {
  who = await account(server, "Rita Reset");
  clock.forward({ hours: 2 });
});
afterAll(() => server.stop());

const signIn = (typed: string) =>
  beginSignIn(server.app, aVisitor(), { email: who.email, password: typed }).then(
    ({ kind }) => kind,
    ({ status }: { status: number }) => status,
  );

/** The links that were mailed to an address, newest first. */
async function linksTo(email: string): Promise<string[]> {
  await server.app.mail.settle();
  const mails = await listMail(server.app.database.pool, 100);
  const links = mails
    .filter(({ recipient }) => recipient === email)
    .map(({ body }) => /\/reset\/([\w-]+)/.exec(body)?.[1]);
  return links.filter((link) => link !== undefined);
}

async function aLink(): Promise<string> {
  await requestReset(server.app, aVisitor(), { email: who.email });
  const [token = ""] = await linksTo(who.email);
  return token;
}

const reset = (token: string, typed = next) => resetPassword(server.app, token, { newPassword: typed });
const deadLink = {
  status: 409,
  message: "This link has been used or has expired. Ask for a new one on the sign-in page.",
};

describe("a link to set a password", () => {
  test("sets it once; looking at it, as mail programs do, uses nothing up", async () => {
    const token = await aLink();
    for (let look = 0; look < 3; look += 1) expect(await readReset(server.app, token)).toEqual({ email: who.email });
    await reset(token);
    expect([await signIn(password), await signIn(next)]).toEqual([401, "in"]);
    await expect(reset(token, "a boat for the lighthouse")).rejects.toMatchObject(deadLink);
    await expect(readReset(server.app, token)).rejects.toMatchObject(deadLink);
    await expect(readReset(server.app, "never-was")).rejects.toMatchObject(deadLink);
  });

  test("is good for an hour", async () => {
    const token = await aLink();
    clock.forward({ minutes: 59 });
    expect(await readReset(server.app, token)).toEqual({ email: who.email });
    clock.forward({ minutes: 1 });
    await expect(readReset(server.app, token)).rejects.toMatchObject(deadLink);
    await expect(reset(token)).rejects.toMatchObject(deadLink);
    expect(await signIn(password)).toBe("in");
  });

  test("sets one of several passwords that come at the same moment", async () => {
    const token = await aLink();
    const typed = [next, "a boat for the lighthouse", "a lamp for the lighthouse"];
    const tries = await Promise.all(
      typed.map((one) =>
        reset(token, one).then(
          () => one,
          () => null,
        ),
      ),
    );
    const [winner = ""] = tries.filter((one) => one !== null);
    expect(tries.filter((one) => one !== null)).toHaveLength(1);
    expect(await signIn(winner)).toBe("in");
  });

  test("ends everything opened under the old password: sessions, tokens, other links, half-done sign-ins", async () => {
    const session = await signedIn(server, who);
    const headers = { authorization: `Bearer ${session.sessionId}` };
    const made = await callApi(server, { method: "POST", path: "/tokens", body: { name: "Script" }, headers });
    const [first, second] = [await aLink(), await aLink()];
    expect(first).not.toBe(second);
    await reset(first);
    expect([await isAccepted(server, session.sessionId), await isAccepted(server, made.body.token)]).toEqual([
      false,
      false,
    ]);
    await expect(reset(second)).rejects.toMatchObject(deadLink);
  });

  test("is void once its owner has changed the password themselves", async () => {
    const token = await aLink();
    const { user } = await signedIn(server, who);
    const change = { currentPassword: password, newPassword: next };
    await changePassword(server.app, { user, visitor: aVisitor() }, change);
    await expect(reset(token, "a boat for the lighthouse")).rejects.toMatchObject(deadLink);
  });

  test("refuses a password that is easily guessed, and can be used again", async () => {
    const token = await aLink();
    await expect(reset(token, "rita reset 2026!")).rejects.toMatchObject({ errors: [{ path: "newPassword" }] });
    await reset(token);
    expect(await signIn(next)).toBe("in");
  });

  test("is nowhere in the database", async () => {
    const token = await aLink();
    const at = clock.now().toISOString();
    expect(await findReset(server.app.database.pool, token, at)).toBe(null);
  });

  test("can be sent by an administrator, to somebody without a password too", async () => {
    const administrator = await signedIn(server, await account(server, "Ada Administrator", true));
    await sendReset(server.app, administrator.user, { userId: who.userId });
    const [token = ""] = await linksTo(who.email);
    await reset(token);
    expect(await signIn(next)).toBe("in");
    const other = await signedIn(server, await account(server, "Rob Reviewer"));
    await expect(sendReset(server.app, other.user, { userId: who.userId })).rejects.toMatchObject({ status: 404 });
  });
});

describe("asking for a link", () => {
  test("answers before anything is looked up, for an address that is known here or not", async () => {
    const unknown = "nobody@example.org";
    const { database } = server.app;
    await database.write(async (db) => {
      // Whoever looked for an account now would wait for us.
      await db.execute(sql`lock table app_user in access exclusive mode`);
      for (const email of [who.email, unknown])
        expect(await requestReset(server.app, aVisitor(), { email })).toBe(undefined);
    });
    expect([await linksTo(who.email), await linksTo(unknown)]).toMatchObject([{ length: 1 }, { length: 0 }]);
  });

  test("is looked into only after a while, so that the time until this answer and the next tells nothing", async () => {
    await requestReset(server.app, aVisitor(), { email: who.email });
    for (const path of ["/panels", "/openapi.json"]) await callApi(server, { method: "GET", path });
    const mails = await listMail(server.app.database.pool, 100);
    expect(mails.filter(({ recipient }) => recipient === who.email)).toEqual([]);
    expect(await linksTo(who.email)).toHaveLength(1);
  });

  test("is possible three times an hour for an address, known here or not, and twenty times for a neighbourhood", async () => {
    const ask = (email: string, addressBlock: string) =>
      requestReset(server.app, aVisitor({ addressBlock }), { email }).then(
        () => "asked",
        ({ status, message }: { status: number; message: string }) => `${status} ${message}`,
      );
    for (const email of [who.email, "nobody.else@example.org"]) {
      const answers = [];
      for (let number = 0; number < 4; number += 1) answers.push(await ask(email, `block ${number} of ${email}`));
      expect(answers).toEqual(["asked", "asked", "asked", "429 Too many attempts. Try again in 60 minutes."]);
    }
    const neighbours = [];
    for (let number = 0; number < 21; number += 1) neighbours.push(await ask(`one.${number}@example.org`, "a block"));
    expect(neighbours.filter((answer) => answer === "asked")).toHaveLength(20);
    expect(await linksTo(who.email)).toHaveLength(3);
  });

  test("sends nothing to the demonstration's people, whose addresses are invented, nor to a disabled account", async () => {
    const { pool } = server.app.database;
    await pool.execute(sql`update app_user set disabled_at = now() where user_id = ${who.userId}`);
    await requestReset(server.app, aVisitor(), { email: who.email });
    expect(await linksTo(who.email)).toEqual([]);
    await pool.execute(
      sql`update app_user set disabled_at = null, is_demonstration = true where user_id = ${who.userId}`,
    );
    await requestReset(server.app, aVisitor(), { email: who.email });
    expect(await linksTo(who.email)).toEqual([]);
    await pool.execute(sql`update app_user set is_demonstration = false where user_id = ${who.userId}`);
    await requestReset(server.app, aVisitor(), { email: who.email });
    expect(await linksTo(who.email)).toHaveLength(1);
  });
});

test("the outbox opens to an administrator's password, and to nobody else's", async () => {
  const token = await aLink();
  const administrator = await signedIn(server, await account(server, "Ada Administrator", true));
  const { mails } = await readOutbox(server.app, administrator.user, { password });
  expect(mails.some(({ body }) => body.includes(token))).toBe(true);
  const wrong = readOutbox(server.app, administrator.user, { password: "not the password" });
  await expect(wrong).rejects.toMatchObject({ errors: [{ path: "outboxPassword" }] });
  const { user } = await signedIn(server, who);
  await expect(readOutbox(server.app, user, { password })).rejects.toMatchObject({ status: 404 });
});

test("an invitation says the same whether or not the address has an account here", async () => {
  const { panelId, facilitator } = await aPanel(server, { reviewers: 0, cells: false });
  const invitations = [who.email, "nobody.yet@example.org"].map((email) => ({ email, role: "reviewer" }));
  const invited = await facilitator.call("POST", `/panels/${panelId}/invitations`, { invitations });
  const tokens: string[] = done(invited, 201).invitations.map(
    (one: { invitationToken: string }) => one.invitationToken,
  );
  const [known, unknown] = await Promise.all(tokens.map((token) => readInvitation(server.app, { token })));
  expect({ ...known, email: "" }).toEqual({ ...unknown, email: "" });
});
