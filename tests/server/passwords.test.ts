import { hash } from "@node-rs/argon2";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findAccount, updatePassword } from "#db/users.ts";
import { weaknessOf } from "#server/auth/password-rules.ts";
import { newPassword } from "#server/auth/passwords.ts";
import { makeTurnstile } from "#server/auth/turnstile.ts";
import { ensureSetupToken } from "#server/commands/ensure-setup-token.ts";
import { signIn } from "#server/commands/sign-in.ts";
import { account, aVisitor, password } from "#tests/support/accounts.ts";
import { aPanel, done } from "#tests/support/panels.ts";
import { callApi } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

const owner = { name: "Ada Lovelace", email: "ada.l@engines.example" };

describe("a new password", () => {
  test.each([
    ["x".repeat(14), "Use at least 15 characters; a sentence works well."],
    ["🦉".repeat(14), "Use at least 15 characters; a sentence works well."],
    ["x".repeat(257), "Use at most 256 characters."],
    ["fifteen \u0000 and more", "This text holds a control character. Remove it."],
    ["fifteen \ud800 and more", "This text holds a broken character. Type it again."],
  ])("%j is refused: %s", (text, reason) => {
    expect(newPassword.safeParse(text).error?.issues[0]?.message).toBe(reason);
  });

  test.each([
    ["fifteen characters", "abcdefghijklmno"],
    ["256 characters", "🦉".repeat(256)],
    ["spaces at both ends, which belong to it", "  fifteen characters  "],
  ])("of %s is taken as it is", (_what, text) => {
    expect(newPassword.parse(text)).toBe(text);
  });

  test("is the same however its accents were typed", () => {
    expect(newPassword.parse("cafe\u0301 au lait, \ufb01fteen")).toBe("caf\u00e9 au lait, fifteen");
  });
});

describe("a password is easily guessed that", () => {
  const repeats = "This repeats something short. Choose something else.";
  const walk = "This is a walk along the keyboard, the digits or the alphabet. Choose something else.";
  const own = "This is your name or your address. Choose something else.";
  const here = "This is what anyone would try here. Choose something else.";
  const common = "This is made of the commonest words of passwords. Choose something else.";
  const known = "This is one of the passwords that are tried first. Choose something else.";
  test.each([
    ["aaaaaaaaaaaaaaaa", repeats],
    ["passwordPassword", repeats],
    ["horsehorsehorseh", repeats],
    ["121212121212121", repeats],
    ["qwertyuiopasdfgh", walk],
    ["1qaz2wsx3edc4rfv", walk],
    ["123456789012345", walk],
    ["q1w2e3r4t5y6u7i8", walk],
    ["abcdefghijklmnop", walk],
    ["Qwertz123456789", walk],
    ["Ada Lovelace 1815!", own],
    ["ada.l@engines.example", own],
    ["lovelacelovelaceada", own],
    ["Concord 2026 Concord", here],
    ["AdaConcordPanel26", here],
    ["P@ssw0rd 2026 2026", common],
    ["welcome-summer-2026", common],
    ["Letmein Administrator", common],
    ["correct horse battery staple", known],
    ["CorrectHorseBatteryStaple1!", known],
  ])("reads %s", (text, reason) => {
    expect(weaknessOf(text, owner)).toBe(reason);
  });

  test.each([
    password,
    "my dragon loves football",
    "Ada Lovelace wrote the first program",
    "the password of this concord is long",
    "Wir saßen zu neunt am Tisch",
    "那年夏天我们九个人围坐在桌边一起讨论问题",
    "hj73 kd02 lqp9 zzt4",
    "314159 and 271828",
  ])("does not read %s", (text) => {
    expect(weaknessOf(text, owner)).toBe(null);
  });
});

describe("two at once, some waiting", () => {
  test("nobody runs before their turn, and whoever finds the room full or waits too long is refused with 503", async () => {
    const pass = makeTurnstile({ mostAtOnce: 2, mostWaiting: 2, patienceMs: 20 });
    const ends: (() => void)[] = [];
    const begun: string[] = [];
    const work = (name: string) => () => {
      begun.push(name);
      return new Promise<string>((resolve) => ends.push(() => resolve(name)));
    };
    const [first, second] = [pass(work("first")), pass(work("second"))];
    const third = pass(work("third"));
    const fourth = pass(work("fourth"));
    await expect(pass(work("fifth"))).rejects.toMatchObject({ status: 503, retryAfterSeconds: 5 });
    ends[0]?.();
    await first;
    await expect(fourth).rejects.toMatchObject({ status: 503 });
    expect(begun).toEqual(["first", "second", "third"]);
    for (const end of ends) end();
    expect(await Promise.all([second, third])).toEqual(["second", "third"]);
    const sixth = pass(work("sixth"));
    ends.at(-1)?.();
    expect(await sixth).toBe("sixth");
  });

  test("work that fails gives its place back", async () => {
    const pass = makeTurnstile({ mostAtOnce: 1, mostWaiting: 0, patienceMs: 1000 });
    await expect(pass(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await pass(async () => "fine")).toBe("fine");
  });
});

describe("an account", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ config: { setupToken: "the-token-of-these-tests" } });
  });
  afterAll(() => server.stop());

  const signInWith = (email: string, typed: string) => signIn(server.app, aVisitor(), { email, password: typed });

  test("is opened by its password however the accents are typed", async () => {
    const who = await account(server, "Nora Normal");
    const stored = await server.app.accounts.passwords.hash("caf\u00e9 au lait for nine");
    await updatePassword(server.app.database.pool, who.userId, stored);
    expect(await signInWith(who.email, "cafe\u0301 au lait for nine")).toMatchObject({ userId: who.userId });
    await expect(signInWith(who.email, "cafe au lait for nine")).rejects.toMatchObject({ status: 401 });
  });

  test("keeps its hash in today's form once its owner signs in", async () => {
    const who = await account(server, "Olga Old");
    const old = await hash(password, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    await updatePassword(server.app.database.pool, who.userId, old);
    const stored = async () => (await findAccount(server.app.database.pool, who.email))?.passwordHash;

    await expect(signInWith(who.email, "not the password at all")).rejects.toMatchObject({ status: 401 });
    expect(await stored()).toBe(old);
    await signInWith(who.email, password);
    const renewed = await stored();
    expect(renewed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await signInWith(who.email, password);
    expect(await stored()).toBe(renewed);
  });

  test("is not made with a password that is easily guessed, by whichever way", async () => {
    await ensureSetupToken(server.app);
    const body = { setupToken: "the-token-of-these-tests", name: "Ada Lovelace", email: "ada@example.org" };
    const setUp = await callApi(server, {
      method: "POST",
      path: "/setup",
      body: { ...body, password: "lovelace-ada-1815" },
    });
    expect([setUp.status, setUp.body.errors]).toEqual([
      422,
      [{ path: "password", message: "This is your name or your address. Choose something else." }],
    ]);

    const panel = await aPanel(server, { reviewers: 0, cells: false });
    const invitations = [{ email: "nina.newcomer@example.org", role: "reviewer" }];
    const invited = await panel.facilitator.call("POST", `/panels/${panel.panelId}/invitations`, { invitations });
    const path = `/invitations/${done(invited, 201).invitations[0].invitationToken}/accept`;
    const accept = (text: string) => callApi(server, { method: "POST", path, body: { name: "Nina", password: text } });
    expect((await accept("newcomer nina 2026")).body.errors?.[0]?.path).toBe("password");
    expect((await accept(password)).status).toBe(200);
  });
});
