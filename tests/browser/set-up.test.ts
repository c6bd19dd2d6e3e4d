import type { Page } from "@playwright/test";
import { enterAs, expect, test } from "#tests/support/product.ts";

const someone = "Reviewer 9 (small-business desk)";

/** The values of every field of one kind, in the order of the page. */
function valuesOf(page: Page, label: string): Promise<string[]> {
  const fields = page.getByLabel(label, { exact: true });
  return fields.evaluateAll((all) => all.map((field) => (field instanceof HTMLInputElement ? field.value : "")));
}

for (const scripts of [true, false]) {
  const how = scripts ? "with" : "without";

  test(`${how} scripts a panel is set up row by row, and nothing typed is lost`, async ({ browser, product }) => {
    const context = await browser.newContext({ baseURL: product.url, javaScriptEnabled: scripts });
    const page = await context.newPage();
    await enterAs(page, someone);
    await page.goto("/panels/new");
    await page.getByLabel("The question the panel answers").fill("Which policy first?");
    await page.getByLabel("RAND/UCLA expert panel").check();

    await page.getByRole("button", { name: "Change this rubric" }).click();
    await expect(page.getByRole("group", { name: "Policy P4", exact: true })).toBeVisible();
    await page.getByRole("group", { name: "Policy P2", exact: true }).getByLabel("Title").fill("Assess every release");
    await page.getByRole("button", { name: "Add a policy" }).click();
    await page.getByRole("group", { name: "Policy P5", exact: true }).getByLabel("Title").fill("Do nothing");
    await page.getByRole("button", { name: "Remove Policy P1" }).click();
    await expect(page.getByRole("group", { name: "Policy P1", exact: true })).toHaveCount(0);

    await page.getByRole("button", { name: "Create the panel" }).click();
    await expect(page.getByRole("alert")).toContainText("1 field needs another look.");
    await page.getByRole("link", { name: "Title: Fill this in." }).click();
    await expect(page.getByLabel("RAND/UCLA expert panel")).toBeChecked();
    await expect
      .poll(() => valuesOf(page, "Title"))
      .toEqual([
        "",
        "Assess every release",
        "Audits by providers of government AI",
        "Public repository of audits",
        "Do nothing",
      ]);

    // Return in a text field creates; it never presses one of the buttons that add or remove.
    await page.getByLabel("Title", { exact: true }).first().fill(`Set up ${how} scripts`);
    await page.getByLabel("Title", { exact: true }).first().press("Enter");
    await page.waitForURL(/\/panels\/[0-9a-f-]{36}\/manage/);
    await page.getByRole("link", { name: "Change the set-up" }).click();
    await expect
      .poll(() => valuesOf(page, "Title"))
      .toEqual([
        `Set up ${how} scripts`,
        "Assess every release",
        "Audits by providers of government AI",
        "Public repository of audits",
        "Do nothing",
      ]);
    await context.close();
  });
}

test("a list of addresses says which one is not an address, and keeps the others", async ({ open }) => {
  const page = await open("/sign-in");
  await enterAs(page, someone);
  await page.goto("/panels/new");
  await page.getByLabel("Title").fill("Invitations");
  await page.getByLabel("The question the panel answers").fill("Who joins?");
  await page.getByRole("button", { name: "Create the panel" }).click();
  await page.waitForURL(/\/panels\/[0-9a-f-]{36}\/manage/);
  await page.getByLabel("E-mail addresses").fill("ann@example.org, bob");
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByText("bob: Write an e-mail address such as name@example.org.")).toBeVisible();
  await expect(page.getByLabel("E-mail addresses")).toHaveValue("ann@example.org, bob");
  await page.getByLabel("E-mail addresses").fill("ann@example.org");
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByRole("rowheader", { name: "ann@example.org" })).toBeVisible();
  await expect(page.getByLabel("E-mail addresses")).toHaveValue("");
});
