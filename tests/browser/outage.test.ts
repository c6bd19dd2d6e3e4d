import { rmSync } from "node:fs";
import type { Page } from "@playwright/test";
import { startEmbedded } from "#db/embedded/start.ts";
import { aDoorTo, type Door } from "#tests/support/door.ts";
import { test as base, enterAs, expect, type Product, withProduct } from "#tests/support/product.ts";
import { quickFolder } from "#tests/support/quick-folder.ts";
import { draftSaved, openCell, rationale } from "#tests/support/score-page.ts";

const someone = "Reviewer 7 (foreign-affairs staff)";

/** A product whose database can be taken away. */
const test = base.extend<{ door: Door }, { behindDoor: { product: Product; door: Door } }>({
  behindDoor: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function wants from its pattern
    async ({}, use) => {
      const folder = quickFolder("concord-outage-");
      const database = await startEmbedded(folder);
      const door = await aDoorTo(database.url);
      await withProduct((product) => use({ product, door }), { DATABASE_URL: door.url });
      await door.shut();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 60_000 },
  ],
  product: [({ behindDoor }, use) => use(behindDoor.product), { scope: "worker" }],
  door: async ({ behindDoor: { door, product } }, use) => {
    await use(door);
    await door.open();
    await expect.poll(async () => (await fetch(`${product.url}/readyz`)).status).toBe(200);
  },
});

/** How many panels of this title somebody has. */
async function panelsCalled(page: Page, title: string): Promise<number> {
  const { panels } = await (await page.request.get("/api/v1/panels")).json();
  return panels.filter((panel: { title: string }) => panel.title === title).length;
}

test("what is typed into a sheet while the database is away is saved when it is back", async ({ open, door }) => {
  const page = await open("/sign-in");
  await openCell(page, someone, "P4-I3");
  await door.shut();
  await rationale(page).fill("Typed during an outage.");
  await expect(page.getByText("Not saved, retrying. Your text stays here.")).toBeVisible();
  await door.open();
  await expect(draftSaved(page)).toBeVisible();
  await page.reload();
  await expect(rationale(page)).toHaveValue("Typed during an outage.");
});

test("who leaves a cell that could not be saved is asked first, and goes on once it is", async ({ open, door }) => {
  const page = await open("/sign-in");
  await openCell(page, someone, "P4-G1");
  await door.shut();
  await rationale(page).fill("Not to be left behind.");
  await expect(page.getByText("Not saved, retrying. Your text stays here.")).toBeVisible();
  const asked = page.getByRole("dialog", { name: "This cell is not saved" });

  await page.getByRole("link", { name: /^P1-I1/ }).click();
  await asked.getByRole("button", { name: "Stay here" }).click();
  await expect(asked).toBeHidden();
  await expect(rationale(page)).toHaveValue("Not to be left behind.");
  page.once("dialog", (dialog) => void dialog.dismiss());
  await Promise.all([page.waitForEvent("dialog"), page.evaluate(() => location.reload())]);
  await expect(rationale(page)).toHaveValue("Not to be left behind.");

  await page.getByRole("link", { name: /^P1-I1/ }).click();
  await expect(asked).toBeVisible();
  await door.open();
  await page.waitForURL(/P1-I1/);
  await page.getByRole("link", { name: /^P4-G1/ }).click();
  await expect(rationale(page)).toHaveValue("Not to be left behind.");
});

test("a form sent while the database is away keeps what was typed, and makes one panel when it is sent again", async ({
  open,
  door,
}) => {
  const page = await open("/sign-in");
  await enterAs(page, someone);
  await page.goto("/panels/new", { waitUntil: "networkidle" });
  await page.getByLabel("Title", { exact: true }).first().fill("Made after an outage");
  await page.getByLabel("The question the panel answers").fill("What stays?");
  await door.shut();
  await page.getByRole("button", { name: "Create the panel" }).click();
  await expect(page.getByRole("alert")).toContainText("The database does not answer at the moment");
  await expect(page.getByLabel("The question the panel answers")).toHaveValue("What stays?");
  await door.open();
  await expect(async () => {
    await page.getByRole("button", { name: "Create the panel" }).click();
    await page.waitForURL(/\/panels\/[0-9a-f-]{36}\/manage/, { timeout: 3_000 });
  }).toPass();
  expect(await panelsCalled(page, "Made after an outage")).toBe(1);
});

test("without scripts the page holds what was typed, with a button to send it again", async ({
  browser,
  product,
  door,
}) => {
  const context = await browser.newContext({ baseURL: product.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await enterAs(page, someone);
  await page.goto("/panels/new");
  await page.getByLabel("Title", { exact: true }).first().fill("Held by the page");
  await page.getByLabel("The question the panel answers").fill("What is held?");
  await door.shut();
  await page.getByRole("button", { name: "Create the panel" }).click();
  await expect(page.getByText("The database does not answer at the moment")).toBeVisible();
  await door.open();
  await expect(async () => {
    await page.getByRole("button", { name: "Send it again" }).click();
    await page.waitForURL(/\/panels\/[0-9a-f-]{36}\/manage/, { timeout: 3_000 });
  }).toPass();
  expect(await panelsCalled(page, "Held by the page")).toBe(1);
  await context.close();
});

test("a page asked for while the database is away says so, and is there when it is back", async ({ open, door }) => {
  const page = await open("/sign-in");
  await enterAs(page, someone);
  await door.shut();
  const answer = await page.goto("/panels");
  expect(answer?.status()).toBe(503);
  await expect(page.getByRole("heading", { name: "Not at the moment" })).toBeVisible();
  await page.getByRole("link", { name: "Go to your panels" }).click();
  await expect(page.getByText("The database does not answer at the moment")).toBeVisible();
  await door.open();
  await expect(async () => {
    await page.getByRole("link", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { name: "Your panels" })).toBeVisible({ timeout: 2_000 });
  }).toPass();
});
