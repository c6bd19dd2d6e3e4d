import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findFactor } from "#db/second-factors.ts";
import type { Identity } from "#server/auth/accounts.ts";
import { newRecoveryCodes } from "#server/auth/recovery-codes.ts";
import { base32, otpauthLink, stepOf, stepsOf, totpAt } from "#server/auth/totp.ts";
import type { Visitor } from "#server/auth/visitor.ts";
import { chooseSecondStep } from "#server/commands/choose-second-step.ts";
import { createPanel } from "#server/commands/create-panel.ts";
import { enterByInvitation } from "#server/commands/enter-by-invitation.ts";
import { finishSignIn, setUpAtSignIn } from "#server/commands/finish-sign-in.ts";
import { removeSecondStep, removeSecondStepOf, renewRecoveryCodes } from "#server/commands/remove-second-step.ts";
import { confirmSecondStep, offerSecondStep } from "#server/commands/set-up-second-step.ts";
import { beginSignIn } from "#server/commands/sign-in.ts";
import { readOwnStep, readSecondStep } from "#server/queries/read-second-step.ts";
import { type Account, account, aVisitor, isAccepted, password, signedIn } from "#tests/support/accounts.ts";
import { aClock, type TestClock } from "#tests/support/clock.ts";
import { aPanel, done, draftPanel } from "#tests/support/panels.ts";
import { callApi } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let clock: TestClock;
let server: TestServer;
let who: Account;
beforeAll(async () => {
  clock = aClock();
  server = await startServer({ clock: clock.now });
});
beforeEach(async () => {
  who = await account(server, "Tove Twostep");
  clock.forward({ minutes: 20 });
});
afterAll(() => server.stop());

describe("codes", () => {
  const secret = new TextEncoder().encode("12345678901234567890");

  // RFC 6238, appendix B, the rows of SHA-1.
  test.each([
    [59, "94287082"],
    [1_111_111_109, "07081804"],
    [1_111_111_111, "14050471"],
    [1_234_567_890, "89005924"],
    [2_000_000_000, "69279037"],
    [20_000_000_000, "65353130"],
  ])("at %i seconds are those of RFC 6238", (seconds, code) => {
    const now = new Date(seconds * 1000);
    expect(totpAt(secret, stepOf(now), 8)).toBe(code);
    expect(stepsOf(secret, code.slice(2), now)).toEqual([stepOf(now)]);
  });

  test("are accepted one step early and one late, and not two", () => {
    const now = new Date(1_111_111_109_000);
    const at = (offset: number) => totpAt(secret, stepOf(now) + offset);
    const accepted = [-2, -1, 0, 1, 2].map((offset) => stepsOf(secret, at(offset), now).length);
    expect(accepted).toEqual([0, 1, 1, 1, 0]);
    for (const code of ["", "12345", "1234567", "abcdef", "１２３４５６"])
      expect(stepsOf(secret, code, now)).toEqual([]);
  });

  // RFC 4648, section 10.
  test.each([
    ["", ""],
    ["f", "MY"],
    ["fo", "MZXQ"],
    ["foo", "MZXW6"],
    ["foob", "MZXW6YQ"],
    ["fooba", "MZXW6YTB"],
    ["foobar", "MZXW6YTBOI"],
  ])("%j in base32 is %j", (text, encoded) => {
    expect(base32(new TextEncoder().encode(text))).toBe(encoded);
  });

  test("are set up by a link that names us and the account", () => {
    const link = new URL(otpauthLink(secret, { email: "ada+x@example.org", host: "concord.example:3000" }));
    expect(decodeURIComponent(link.pathname)).toMatch(/Concord concord\.example:3000:ada\+x@example\.org$/);
    expect(Object.fromEntries(link.searchParams)).toEqual({
      secret: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
      issuer: "Concord concord.example:3000",
      algorithm: "SHA1",
      digits: "6",
      period: "30",
    });
  });

  test("for recovery are ten, all different, and readable", () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([2-9a-hjkmnp-z]{4}-){3}[2-9a-hjkmnp-z]{4}$/);
  });
});

/** What the person's app shows, so many steps from now. */
async function codeOf(userId: string, offset = 0): Promise<string> {
  const factor = await findFactor(server.app.database.pool, userId);
  if (!factor) throw new Error("there is no app");
  return totpAt(factor.secret, stepOf(clock.now()) + offset);
}

const wrongFor = (code: string) => (code === "000000" ? "111111" : "000000");

interface SetUp {
  readonly identity: Identity;
  readonly sessionId: string;
  readonly recoveryCodes: readonly string[];
}

/** Turns two-step sign-in on, as on the profile page. */
async function turnOn(one: Account = who): Promise<SetUp> {
  const identity = await signedIn(server, one);
  await offerSecondStep(server.app, identity.user, { password });
  const code = await codeOf(one.userId);
  const { entered, recoveryCodes } = await confirmSecondStep(
    server.app,
    { user: identity.user, visitor: aVisitor() },
    { code },
  );
  clock.forward({ minutes: 2 });
  return { identity, sessionId: entered.session.sessionId, recoveryCodes };
}

/** The page after the password, in a browser of its own. */
async function afterPassword(one: Account = who): Promise<Visitor> {
  const visitor = aVisitor();
  const entry = await beginSignIn(server.app, visitor, { email: one.email, password });
  if (entry.kind === "in") throw new Error("nothing was owed");
  return { ...visitor, stepToken: entry.stepToken };
}

const post = (body: object) =>
  callApi(server, { method: "POST", path: "/session", body: { email: who.email, password, ...body } });

describe("turning it on", () => {
  test("takes the password, then the first code, and ends every other session", async () => {
    const other = await signedIn(server, who);
    const { user } = other;
    await expect(offerSecondStep(server.app, user, { password: "not the password" })).rejects.toMatchObject({
      errors: [{ path: "offerPassword" }],
    });
    expect(await readSecondStep(server.app, user)).toEqual({ kind: "off" });

    await offerSecondStep(server.app, user, { password });
    const state = await readSecondStep(server.app, user);
    if (state.kind !== "offered") throw new Error("nothing was offered");
    expect(state.offer.typed).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    expect(new URL(state.offer.link).searchParams.get("secret")).toBe(state.offer.typed.replaceAll(" ", ""));
    expect(await post({})).toMatchObject({ status: 200 });

    const code = await codeOf(who.userId);
    const confirm = (typed: string) => confirmSecondStep(server.app, { user, visitor: aVisitor() }, { code: typed });
    await expect(confirm(wrongFor(code))).rejects.toMatchObject({ errors: [{ path: "code" }] });
    const { entered, recoveryCodes } = await confirm(`${code.slice(0, 3)} ${code.slice(3)}`);
    expect(recoveryCodes).toHaveLength(10);
    expect([await isAccepted(server, other.sessionId), await isAccepted(server, entered.session.sessionId)]).toEqual([
      false,
      true,
    ]);
    expect(await readSecondStep(server.app, user)).toMatchObject({ kind: "on", codesLeft: 10 });
    await expect(confirm(await codeOf(who.userId, 1))).rejects.toMatchObject({ status: 409 });
    await expect(offerSecondStep(server.app, user, { password })).rejects.toMatchObject({ status: 409 });
  });

  test("takes a quarter of an hour at most, and each offer makes the one before it void", async () => {
    const { user } = await signedIn(server, who);
    await offerSecondStep(server.app, user, { password });
    const first = await codeOf(who.userId);
    await offerSecondStep(server.app, user, { password });
    const second = await codeOf(who.userId);
    expect(first === second).toBe(false);
    const confirm = (code: string) => confirmSecondStep(server.app, { user, visitor: aVisitor() }, { code });
    await expect(confirm(first)).rejects.toMatchObject({ status: 422 });
    clock.forward({ minutes: 15, seconds: 1 });
    await expect(confirm(await codeOf(who.userId))).rejects.toMatchObject({ status: 409 });
    expect(await readSecondStep(server.app, user)).toEqual({ kind: "off" });
  });
});

describe("signing in with a code", () => {
  test("opens a session only after it, under an id nobody knew before", async () => {
    const { identity, sessionId: before } = await turnOn();
    const visitor = await afterPassword();
    expect(await isAccepted(server, visitor.stepToken)).toBe(false);
    expect(await readOwnStep(server.app, visitor)).toEqual({ kind: "code" });
    const code = await codeOf(who.userId);
    await expect(finishSignIn(server.app, visitor, { code: wrongFor(code) })).rejects.toMatchObject({ status: 422 });

    const entered = await finishSignIn(server.app, visitor, { code });
    expect(await isAccepted(server, entered.session.sessionId)).toBe(true);
    expect([identity.sessionId, before, visitor.stepToken]).not.toContain(entered.session.sessionId);
    expect(await readOwnStep(server.app, visitor)).toBe(null);
    await expect(finishSignIn(server.app, visitor, { code: await codeOf(who.userId, 1) })).rejects.toMatchObject({
      status: 401,
    });
  });

  test("takes each code once, and none from before it", async () => {
    await turnOn();
    const now = await codeOf(who.userId);
    const earlier = await codeOf(who.userId, -1);
    await finishSignIn(server.app, await afterPassword(), { code: now });
    for (const code of [now, earlier]) {
      await expect(finishSignIn(server.app, await afterPassword(), { code })).rejects.toMatchObject({ status: 422 });
    }
    await finishSignIn(server.app, await afterPassword(), { code: await codeOf(who.userId, 1) });
  });

  test("takes one of several tries with the same code at the same moment", async () => {
    await turnOn();
    const code = await codeOf(who.userId);
    const visitors = await Promise.all([1, 2, 3, 4].map(() => afterPassword()));
    const tries = visitors.map((visitor) =>
      finishSignIn(server.app, visitor, { code }).then(
        () => "in",
        () => "out",
      ),
    );
    expect((await Promise.all(tries)).sort()).toEqual(["in", "out", "out", "out"]);
  });

  test("is over ten minutes after the password", async () => {
    await turnOn();
    const visitor = await afterPassword();
    clock.forward({ minutes: 10 });
    expect(await readOwnStep(server.app, visitor)).toBe(null);
    await expect(finishSignIn(server.app, visitor, { code: await codeOf(who.userId) })).rejects.toMatchObject({
      status: 401,
    });
  });

  test("takes five wrong codes in five minutes, then none", async () => {
    await turnOn();
    const visitor = await afterPassword();
    const code = await codeOf(who.userId);
    const attempt = (typed: string, by = visitor) =>
      finishSignIn(server.app, by, { code: typed }).then(
        () => 200,
        ({ status }: { status: number }) => status,
      );
    const statuses = [];
    for (let number = 0; number < 5; number += 1) statuses.push(await attempt(wrongFor(code)));
    statuses.push(await attempt(code), await attempt(code, await afterPassword()));
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429, 429]);
    clock.forward({ minutes: 5 });
    expect(await attempt(await codeOf(who.userId))).toBe(200);
  });

  test("takes a recovery code once, however it is written", async () => {
    const { recoveryCodes } = await turnOn();
    const [first = "", second = ""] = recoveryCodes;
    await finishSignIn(server.app, await afterPassword(), { code: first });
    await expect(finishSignIn(server.app, await afterPassword(), { code: first })).rejects.toMatchObject({
      status: 422,
    });
    await finishSignIn(server.app, await afterPassword(), { code: ` ${second.toUpperCase().replaceAll("-", " ")}` });
    const { user } = await signedIn(server, who);
    expect(await readSecondStep(server.app, user)).toMatchObject({ codesLeft: 8 });

    const renewed = await renewRecoveryCodes(server.app, user, { password });
    const old = finishSignIn(server.app, await afterPassword(), { code: recoveryCodes[2] ?? "" });
    await expect(old).rejects.toMatchObject({ status: 422 });
    await finishSignIn(server.app, await afterPassword(), { code: renewed.recoveryCodes[2] ?? "" });
  });
});

describe("POST /session", () => {
  test("says the same of a missing code, a wrong one, a used one and a wrong password", async () => {
    await turnOn();
    const code = await codeOf(who.userId);
    const answers = [
      await post({}),
      await post({ code: wrongFor(code) }),
      await post({ code: "" }),
      await post({ code, password: "not the password at all" }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect((await post({ code })).status).toBe(200);
    expect((await post({ code })).text).toBe(answers[0]?.text);
  });

  test("takes five codes in five minutes, for an address that is not known here too", async () => {
    await turnOn();
    for (const email of [who.email, "nobody@example.org"]) {
      const statuses = [];
      for (let number = 0; number < 6; number += 1) statuses.push((await post({ email, code: "nonsense" })).status);
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    }
  });

  test("does not mind a code from somebody who needs none", async () => {
    expect((await post({ code: "123456" })).status).toBe(200);
  });
});

describe("turning it off", () => {
  test("takes the password, and ends every other session", async () => {
    const { identity, sessionId } = await turnOn();
    const remove = (typed: string) =>
      removeSecondStep(server.app, { user: identity.user, visitor: aVisitor() }, { password: typed });
    await expect(remove("not the password")).rejects.toMatchObject({ errors: [{ path: "removePassword" }] });
    const entered = await remove(password);
    expect([await isAccepted(server, sessionId), await isAccepted(server, entered.session.sessionId)]).toEqual([
      false,
      true,
    ]);
    expect((await post({})).status).toBe(200);
    await expect(renewRecoveryCodes(server.app, identity.user, { password })).rejects.toMatchObject({ status: 409 });
  });

  test("can be done for somebody by an administrator who shows their own password, and by nobody else", async () => {
    const { sessionId } = await turnOn();
    const administrator = await signedIn(server, await account(server, "Ada Administrator", true));
    const help = (by: Identity, typed = password) =>
      removeSecondStepOf(server.app, by.user, { userId: who.userId, password: typed });
    await expect(help(await signedIn(server, await account(server, "Rob Reviewer")))).rejects.toMatchObject({
      status: 404,
    });
    await expect(help(administrator, "not the password")).rejects.toMatchObject({ status: 422 });
    expect((await post({})).status).toBe(401);
    await help(administrator);
    expect(await isAccepted(server, sessionId)).toBe(false);
    expect((await post({})).status).toBe(200);
  });
});

describe("who has to", () => {
  let administrator: Account;
  let administering: SetUp;
  beforeAll(async () => {
    administrator = await account(server, "Ada Administrator", true);
    administering = await turnOn(administrator);
  });
  const choose = async (secondStep: string, typed = password) =>
    chooseSecondStep(server.app, administering.identity.user, { secondStep, rulePassword: typed });
  beforeEach(() => choose("off"));
  afterAll(() => choose("off"));

  test("is decided by an administrator who has it, with the password", async () => {
    const other = await signedIn(server, await account(server, "Adam Administrator", true));
    const rule = { secondStep: "everyone", rulePassword: password };
    await expect(chooseSecondStep(server.app, other.user, rule)).rejects.toMatchObject({
      errors: [{ path: "secondStep" }],
    });
    await expect(choose("everyone", "not the password")).rejects.toMatchObject({ errors: [{ path: "rulePassword" }] });
    const reviewer = await signedIn(server, await account(server, "Rob Reviewer"));
    await expect(chooseSecondStep(server.app, reviewer.user, rule)).rejects.toMatchObject({ status: 404 });
    await expect(choose("nobody")).rejects.toMatchObject({ status: 422 });
  });

  test("can do nothing before it is set up, and is led there after the password", async () => {
    const session = await signedIn(server, who);
    const headers = { authorization: `Bearer ${session.sessionId}` };
    const made = await callApi(server, { method: "POST", path: "/tokens", body: { name: "Script" }, headers });
    await choose("everyone");
    expect([await isAccepted(server, session.sessionId), await isAccepted(server, made.body.token)]).toEqual([
      false,
      false,
    ]);
    expect(await signedIn(server, administrator)).toHaveProperty("user");
    const api = await post({});
    expect([api.status, api.body.detail]).toEqual([
      403,
      "This installation asks for two-step sign-in. Sign in with a browser to set it up first.",
    ]);

    const visitor = await afterPassword();
    const step = await readOwnStep(server.app, visitor);
    if (step?.kind !== "set-up") throw new Error("nothing was offered");
    await expect(finishSignIn(server.app, visitor, { code: "123456" })).rejects.toMatchObject({ status: 422 });
    const secret = fromBase32(step.offer.typed);
    const code = totpAt(secret, stepOf(clock.now()));
    await expect(setUpAtSignIn(server.app, visitor, { code: wrongFor(code) })).rejects.toMatchObject({ status: 422 });
    const { entered, recoveryCodes } = await setUpAtSignIn(server.app, visitor, { code });
    expect(recoveryCodes).toHaveLength(10);
    expect(await isAccepted(server, entered.session.sessionId)).toBe(true);
    expect(await isAccepted(server, session.sessionId)).toBe(false);
    expect((await post({ code })).status).toBe(401);
    expect((await post({ code: totpAt(secret, stepOf(clock.now()) + 1) })).status).toBe(200);
    await expect(setUpAtSignIn(server.app, visitor, { code })).rejects.toMatchObject({ status: 401 });
  });

  test("is offered a secret of their own at each sign-in, and one of two set-ups at once stands", async () => {
    await choose("everyone");
    const visitors = [await afterPassword(), await afterPassword()];
    const secrets = await Promise.all(
      visitors.map(async (visitor) => {
        const step = await readOwnStep(server.app, visitor);
        return step?.kind === "set-up" ? fromBase32(step.offer.typed) : new Uint8Array();
      }),
    );
    expect(base32(secrets[0] ?? new Uint8Array())).not.toBe(base32(secrets[1] ?? new Uint8Array()));
    const tries = visitors.map((visitor, index) =>
      setUpAtSignIn(server.app, visitor, {
        code: totpAt(secrets[index] ?? new Uint8Array(), stepOf(clock.now())),
      }).then(
        () => "in",
        () => "out",
      ),
    );
    expect((await Promise.all(tries)).sort()).toEqual(["in", "out"]);
  });

  test("is, under the middle rule, whoever facilitates a panel, and not who reviews", async () => {
    const panel = await aPanel(server, { reviewers: 1, cells: false });
    await choose("facilitators");
    expect((await panel.facilitator.call("GET", "/panels")).status).toBe(401);
    expect((await panel.reviewers[0]?.call("GET", "/panels"))?.status).toBe(200);

    const reviewer = await signedIn(server, who);
    const input = { title: "T", question: "Q?", template: "wilson-hine", protocol: "staff-team" };
    const create = () => createPanel(server.app, reviewer.user, { input });
    await expect(create()).rejects.toMatchObject({ status: 403 });
    await choose("off");
    expect(await create()).toHaveProperty("panelId");
  });

  test("is not let into a panel through the API before; in a browser a newcomer is led to it", async () => {
    const panel = await draftPanel(server, {});
    const invite = async (email: string, role: string) => {
      const path = `/panels/${panel.panelId}/invitations`;
      const invited = await panel.facilitator.call("POST", path, { invitations: [{ email, role }] });
      return done(invited, 201).invitations[0].invitationToken as string;
    };
    const token = await invite("newcomer@example.org", "facilitator");
    const reviewers = await invite("reviewing@example.org", "reviewer");
    await choose("facilitators");
    const body = { name: "New Comer", password: "an umbrella for the lighthouse" };
    const accept = (one: string) => callApi(server, { method: "POST", path: `/invitations/${one}/accept`, body });
    expect((await accept(token)).status).toBe(403);
    expect((await accept(reviewers)).status).toBe(200);

    const visitor = aVisitor();
    const joined = await enterByInvitation(server.app, { identity: null, visitor }, { token, input: body });
    expect(joined).toMatchObject({ panelId: panel.panelId, entry: { kind: "set-up" } });
    expect(joined.cookies.join()).toMatch(/^concord-step=[\w-]{43}; HttpOnly/);
  });
});

test("a session goes on under a new id where its owner is given a role", async () => {
  const panel = await draftPanel(server, {});
  const invitations = [{ email: who.email, role: "facilitator" }];
  const invited = await panel.facilitator.call("POST", `/panels/${panel.panelId}/invitations`, { invitations });
  const token: string = done(invited, 201).invitations[0].invitationToken;
  const identity = await signedIn(server, who);
  const { cookies } = await enterByInvitation(server.app, { identity, visitor: aVisitor() }, { token, input: {} });
  const renewed = /^concord=([^;]+);/.exec(cookies.join())?.[1] ?? null;
  clock.forward({ seconds: 10 });
  expect([await isAccepted(server, identity.sessionId), await isAccepted(server, renewed)]).toEqual([false, true]);
});

function fromBase32(text: string): Uint8Array {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...text.replaceAll(" ", "")].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0"));
  return new Uint8Array((bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
