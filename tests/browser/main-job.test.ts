import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "#tests/support/product.ts";

const password = "a sentence that nobody guesses";
const secret = "a heron stands behind the boathouse";

/** Accepts an invitation as a new person. */
async function accept(page: Page, name: string): Promise<void> {
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Choose a password").fill(password);
  await page.getByRole("button", { name: "Accept" }).click();
  await page.waitForURL(/\/panels\/[0-9a-f-]{36}/);
}

/** Presses Tab until the focus is there, as someone without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("the keyboard does not reach it");
}

/** Scores every cell with the keyboard alone: a digit in the scale, a rationale, Ctrl+Enter. */
async function scoreByKeyboard(page: Page, cells: number, rationale: string): Promise<void> {
  for (let cell = 1; cell <= cells; cell += 1) {
    const place = await page.getByText(new RegExp(`^Cell \\d+ of ${cells}`)).innerText();
    await tabTo(page, page.getByRole("radio").first());
    await page.keyboard.press("4");
    await tabTo(page, page.getByRole("textbox", { name: /Rationale/ }));
    await page.keyboard.type(rationale);
    await page.keyboard.press("Control+Enter");
    await expect(page.getByText(place, { exact: true })).toHaveCount(0);
  }
  await page.waitForURL("**/score/check");
}

/** Gives all the scores of a panel through the API, in the page's own session. */
async function scoreByApi(page: Page, panelId: string, value: number): Promise<void> {
  const { scope } = await (await page.request.get(`/api/v1/panels/${panelId}`)).json();
  for (const { policyId, criterionId } of scope) {
    const answer = await page.request.put(`/api/v1/panels/${panelId}/scores/${policyId}/${criterionId}`, {
      data: { value, rationale: secret, version: 0 },
      headers: { origin: new URL(page.url()).origin },
    });
    expect(answer.status()).toBe(200);
  }
}

test("three people do the whole job, from the set-up link to a verified bundle", async ({ open, product }, info) => {
  test.setTimeout(300_000);
  const facilitator = await open(product.setUpLink);
  await facilitator.getByLabel("E-mail address").fill("fay@example.org");
  await facilitator.getByLabel("Your name").fill("Fay Facilitator");
  await facilitator.getByLabel("Choose a password").fill(password);
  await facilitator.getByRole("button", { name: "Create the administrator" }).click();
  await facilitator.waitForURL("**/panels");

  await facilitator.goto("/panels/new");
  await facilitator.getByLabel("Title").first().fill("Our panel");
  await facilitator.getByLabel("The question the panel answers").fill("Which policy first?");
  await facilitator.getByRole("button", { name: "Create the panel" }).click();
  await facilitator.waitForURL(/\/panels\/[0-9a-f-]{36}/);
  const panelId = /panels\/([0-9a-f-]{36})/.exec(facilitator.url())?.[1] ?? "";

  await facilitator.goto(`/panels/${panelId}/manage`);
  await facilitator.getByLabel("E-mail addresses").fill("ann@example.org bob@example.org cleo@example.org");
  await facilitator.getByRole("button", { name: "Invite", exact: true }).click();
  const made = facilitator.locator("code", { hasText: "/invitations/" });
  await expect(made).toHaveCount(3);
  const links = await made.allInnerTexts();

  const [ann, bob, cleo] = [await open(links[0] ?? ""), await open(links[1] ?? ""), await open(links[2] ?? "")];
  await accept(ann, "Ann Able");
  await accept(bob, "Bob Best");
  await accept(cleo, "Cleo Calm");

  await facilitator.goto(`/panels/${panelId}/manage`);
  await facilitator.getByRole("button", { name: "Open round 1" }).click();
  await expect(facilitator.getByRole("heading", { name: "Reveal round 1" })).toBeVisible();

  await ann.goto(`/panels/${panelId}/score`);
  await scoreByKeyboard(ann, 24, "It helps.");
  await tabTo(ann, ann.getByRole("button", { name: "Submit round 1" }));
  await ann.keyboard.press("Enter");
  await expect(ann.getByText(/^Submitted /)).toBeVisible();

  await scoreByApi(bob, panelId, -2);
  await scoreByApi(cleo, panelId, 2);
  await ann.goto(`/panels/${panelId}/board`);
  await expect(ann.getByText("Live", { exact: true })).toBeVisible();
  await expect(ann.getByText("Shown from 3 scores").first()).toBeVisible();

  await cleo.goto(`/panels/${panelId}/score/check`);
  await cleo.getByRole("button", { name: "Submit round 1" }).click();
  await expect(ann.getByText("2 of 3 submitted").first()).toBeVisible();

  await bob.goto(`/panels/${panelId}/board`);
  await expect(bob.getByText(/Sealed until you submit/)).toBeVisible();
  expect(await bob.content()).not.toContain("It helps.");
  await bob.goto(`/panels/${panelId}/score/check`);
  await bob.getByRole("button", { name: "Submit round 1" }).click();
  await expect(ann.getByText("3 of 3 submitted").first()).toBeVisible();
  await expect(ann.getByText("Contested so far").first()).toBeVisible();

  await facilitator.goto(`/panels/${panelId}/manage`);
  await facilitator.getByRole("button", { name: "Reveal round 1" }).click();
  await facilitator.getByRole("button", { name: "Close round 1" }).click();
  await expect(facilitator.getByRole("heading", { name: "Open round 2" })).toBeVisible();
  await bob.goto(`/panels/${panelId}/consensus`);
  await expect(bob.getByRole("heading", { name: "What the panel concluded" })).toBeVisible();

  const bundle = await bob.request.get(`/api/v1/panels/${panelId}/export?format=json`);
  const file = info.outputPath("bundle.json");
  writeFileSync(file, await bundle.text());
  const checks = execFileSync(process.execPath, ["build/node/cli.js", "verify", file], { encoding: "utf8" });
  expect(checks).toContain("holds          round 1, figures");
});

test("a page, its loader data and its source hold no other score for a drafting reviewer", async ({ open }) => {
  const author = await open("/sign-in");
  await author.getByRole("button", { name: "Reviewer 3 (security engineering)" }).click();
  await author.waitForURL("**/panels");
  const path = await author.getByRole("link", { name: "See the board" }).getAttribute("href");
  const panelPath = (path ?? "").replace(/\/board$/, "");
  const phrase = "Fewer independent eyes";
  await author.goto(`${panelPath}/board/P1/I1`);
  await expect(author.getByText(phrase)).toBeVisible();

  const drafting = await open("/sign-in");
  await drafting.getByRole("button", { name: "Reviewer 5 (civil-liberties counsel)" }).click();
  await drafting.waitForURL("**/panels");
  for (const page of ["", "/score", "/score/check", "/board", "/board/P1/I1", "/consensus", "/report", "/receipt"]) {
    for (const suffix of ["", ".data"]) {
      const answer = await drafting.request.get(`${panelPath}${page}${suffix}`);
      const text = await answer.text();
      // 202 is how loader data says that the page goes on to a cell of its own choice.
      expect([200, 202]).toContain(answer.status());
      expect({ page, suffix, leaks: text.includes(phrase) }).toEqual({ page, suffix, leaks: false });
    }
  }
});
