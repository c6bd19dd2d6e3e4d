import AxeBuilder from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { stepOf, totpAt } from "#server/auth/totp.ts";
import { expect, noteFaults, type Product, test } from "#tests/support/product.ts";

const password = "nine herons behind the boathouse";
const nextPassword = "ten herons behind the boathouse";
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What an authenticator app would show for the key on the page, so many steps from now. */
async function codeFor(key: string, offset = 0): Promise<string> {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...key.replaceAll(" ", "")].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0"));
  const bytes = (bits.join("").match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  return totpAt(new Uint8Array(bytes), stepOf(new Date()) + offset);
}

const keyOn = (page: Page) => page.getByText("Or type this key into the app").locator("code").innerText();
const codesOn = (page: Page) =>
  page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").allInnerTexts();

async function signIn(page: Page, email: string, typed: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(typed);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Types the first code for the key on the page; answers the key and the recovery codes. */
async function turnOn(page: Page): Promise<{ key: string; codes: string[] }> {
  const key = await keyOn(page);
  await page.getByLabel("The code the app shows now").fill(await codeFor(key));
  await page.getByRole("button", { name: "Turn two-step sign-in on" }).click();
  await expect(page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem")).toHaveCount(10);
  return { key, codes: await codesOn(page) };
}

/** An invitation for a reviewer, from a panel that this page's person makes. */
async function invite(page: Page, email: string): Promise<string> {
  const headers = { origin: new URL(page.url()).origin };
  const data = { title: "Codes", question: "Who comes in?", template: "wilson-hine", protocol: "staff-team" };
  const { panelId } = await (await page.request.post("/api/v1/panels", { data, headers })).json();
  const path = `/api/v1/panels/${panelId}/invitations`;
  const answer = await page.request.post(path, { data: { invitations: [{ email, role: "reviewer" }] }, headers });
  return (await answer.json()).invitations[0].url;
}

for (const scripts of [true, false]) {
  const how = scripts ? "with" : "without";

  test(`${how} scripts two-step sign-in is set up, asked for, and a forgotten password set anew`, async ({
    browser,
    fresh,
  }) => {
    test.setTimeout(300_000);
    const contexts: BrowserContext[] = [];
    const faults: string[] = [];
    const sound = scripts ? soundness : async () => {};
    const someone = () => open(browser, { product: fresh, scripts, contexts, faults });

    const administrator = await someone();
    await administrator.goto(fresh.setUpLink);
    await administrator.getByLabel("E-mail address").fill("ada@example.org");
    await administrator.getByLabel("Your name").fill("Ada Lovelace");
    await administrator.getByLabel("Choose a password").fill("ada lovelace 1815");
    await administrator.getByRole("button", { name: "Create the administrator" }).click();
    await expect(administrator.getByRole("alert")).toContainText("This is your name or your address.");
    await administrator.getByLabel("Choose a password").fill(password);
    await administrator.getByRole("button", { name: "Create the administrator" }).click();
    await administrator.waitForURL("**/panels");

    await administrator.goto("/profile");
    await administrator.getByLabel("Your password").fill(password);
    await administrator.getByRole("button", { name: "Set up two-step sign-in" }).click();
    await expect(administrator.getByRole("img", { name: "QR code of the key below" })).toBeVisible();
    await sound(administrator);
    const own = await turnOn(administrator);
    await sound(administrator);
    await administrator.getByRole("button", { name: "Sign out", exact: true }).click();

    await signIn(administrator, "ada@example.org", password);
    await expect(administrator.getByRole("heading", { name: "The code of your app" })).toBeVisible();
    await administrator.getByLabel("Code", { exact: true }).fill("nonsense");
    await administrator.getByRole("button", { name: "Sign in" }).click();
    await expect(administrator.getByRole("alert")).toContainText("This code is not right");
    await sound(administrator);
    await administrator.getByLabel("Code", { exact: true }).fill(await codeFor(own.key, 1));
    await administrator.getByRole("button", { name: "Sign in" }).click();
    await administrator.waitForURL("**/panels");

    await administrator.goto("/admin");
    await administrator.getByLabel("Everyone").check();
    await administrator.getByLabel("Your password, to change this").fill(password);
    await administrator.getByRole("button", { name: "Keep this rule" }).click();
    await expect(administrator.getByText("The rule is kept.")).toBeVisible();
    await sound(administrator);

    const newcomer = await someone();
    await newcomer.goto(await invite(administrator, "nina@example.org"));
    await sound(newcomer);
    await newcomer.getByLabel("Your name").fill("Nina Newcomer");
    await newcomer.getByLabel("Choose a password").fill(password);
    await newcomer.getByRole("button", { name: "Accept" }).click();
    await expect(newcomer.getByRole("heading", { name: "Set up two-step sign-in" })).toBeVisible();
    await sound(newcomer);
    const { codes } = await turnOn(newcomer);
    await sound(newcomer);
    await newcomer.getByRole("link", { name: "I have kept them, go on" }).click();
    await newcomer.waitForURL(/\/panels\/[0-9a-f-]{36}$/);
    await expect(newcomer.getByRole("link", { name: "Nina Newcomer" })).toBeVisible();
    await newcomer.getByRole("button", { name: "Sign out", exact: true }).click();

    await newcomer.getByRole("link", { name: "Forgotten your password?" }).click();
    // The page it is clicked on asks for an address as well.
    await expect(newcomer.getByRole("heading", { name: "Forgotten password" })).toBeVisible();
    await newcomer.getByLabel("E-mail address").fill("nina@example.org");
    await sound(newcomer);
    await newcomer.getByRole("button", { name: "Send the link" }).click();
    await expect(newcomer.getByText("If there is an account for the address you wrote")).toBeVisible();
    await sound(newcomer);

    const link = await linkInOutbox(administrator);
    await sound(administrator);
    await newcomer.goto(link);
    await newcomer.getByLabel("New password").fill(nextPassword);
    await sound(newcomer);
    await newcomer.getByRole("button", { name: "Set the password" }).click();
    await expect(newcomer.getByText("Your new password is set.")).toBeVisible();
    await signIn(newcomer, "nina@example.org", nextPassword);
    await newcomer.getByLabel("Code", { exact: true }).fill(codes[0] ?? "");
    await newcomer.getByRole("button", { name: "Sign in" }).click();
    await newcomer.waitForURL("**/panels");
    await newcomer.goto("/profile");
    await expect(newcomer.getByText("9 recovery codes are left.")).toBeVisible();
    await sound(newcomer);
    await newcomer.getByRole("button", { name: "Sign out everywhere" }).click();
    await newcomer.waitForURL("**/sign-in");
    for (const context of contexts) await context.close();
    expect(faults).toEqual([]);
  });
}

/** Asks for the outbox until the mail, which leaves after its answer, is there. */
async function linkInOutbox(page: Page): Promise<string> {
  let link = "";
  await expect(async () => {
    await page.goto("/admin");
    await page.getByLabel("Your password, to open the outbox").fill(password);
    await page.getByRole("button", { name: "Open the outbox" }).click();
    const mail = page.getByRole("row", { name: /nina@example.org/ }).filter({ hasText: "Set a new password" });
    await mail.getByText("Set a new password at Concord").click({ timeout: 5_000 });
    link = /http\S+\/reset\/\S+/.exec(await mail.innerText())?.[0] ?? "";
    expect(link).not.toBe("");
  }).toPass({ timeout: 60_000 });
  return link;
}

interface Opening {
  readonly product: Product;
  readonly scripts: boolean;
  readonly contexts: BrowserContext[];
  readonly faults: string[];
}

async function open(browser: Browser, { product, scripts, contexts, faults }: Opening): Promise<Page> {
  const context = await browser.newContext({ baseURL: product.url, javaScriptEnabled: scripts });
  contexts.push(context);
  const page = await context.newPage();
  noteFaults(page, faults);
  return page;
}

async function soundness(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`)).toEqual([]);
  const size = page.viewportSize() ?? { width: 1300, height: 900 };
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
    0,
  );
  await page.setViewportSize(size);
}
