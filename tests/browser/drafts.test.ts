import { enterAs, expect, test } from "#tests/support/product.ts";
import { draftSaved, openCell, rationale } from "#tests/support/score-page.ts";

const someone = "Reviewer 7 (foreign-affairs staff)";

test("a draft saves itself, can be taken back, and is there after a reload", async ({ open }) => {
  const page = await open("/sign-in");
  await openCell(page, someone, "P4-G2");
  await rationale(page).fill("The first reason.");
  await expect(draftSaved(page)).toBeVisible();
  await page.reload({ waitUntil: "networkidle" });
  await expect(rationale(page)).toHaveValue("The first reason.");

  await rationale(page).fill("A second thought.");
  await expect(draftSaved(page)).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rationale(page)).toHaveValue("The first reason.");
});

test("leaving a cell or closing its window loses nothing", async ({ open }) => {
  const page = await open("/sign-in");
  await openCell(page, someone, "P4-G3");
  const address = page.url();
  await rationale(page).fill("Left by a link.");
  await page.getByRole("link", { name: /^P1-I1/ }).click();
  await page.waitForURL(/P1-I1/);
  await expect(async () => {
    await page.goto(address);
    await expect(rationale(page)).toHaveValue("Left by a link.", { timeout: 200 });
  }).toPass();

  await page.waitForLoadState("networkidle");
  await rationale(page).fill("Closed while typing.");
  const other = await page.context().newPage();
  await page.close();
  await expect(async () => {
    await other.goto(address);
    await expect(rationale(other)).toHaveValue("Closed while typing.", { timeout: 200 });
  }).toPass();
});

test("two windows on one cell: both texts are shown, and a person chooses", async ({ open }) => {
  const page = await open("/sign-in");
  await openCell(page, someone, "P4-I1");
  const other = await page.context().newPage();
  await other.goto(page.url(), { waitUntil: "networkidle" });
  await rationale(other).fill("From the other window.");
  await expect(draftSaved(other)).toBeVisible();

  await rationale(page).fill("From this window.");
  const choice = page.getByRole("region", { name: "Changed in another window" });
  await expect(choice).toContainText("From the other window.");
  await expect(rationale(page)).toHaveValue("From this window.");
  await choice.getByRole("button", { name: "Keep this one" }).click();
  await expect(choice).toHaveCount(0);
  await other.reload();
  await expect(rationale(other)).toHaveValue("From this window.");
});

test("a session that ends while typing asks to sign in over the page, and then saves", async ({ open }) => {
  const page = await open("/sign-in");
  await openCell(page, someone, "P4-I2");
  const session = await page.context().cookies();
  await page.context().clearCookies();
  await rationale(page).fill("Typed after the session ended.");
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await expect(dialog).toBeVisible();
  await dialog.getByRole("button", { name: "I have signed in" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("You are not signed in yet.");

  await enterAs(await page.context().newPage(), "Reviewer 5 (civil-liberties counsel)");
  await dialog.getByRole("button", { name: "I have signed in" }).click();
  await expect(dialog.getByRole("alert")).toContainText("somebody else’s account");

  await page.context().clearCookies();
  await page.context().addCookies(session);
  await dialog.getByRole("button", { name: "I have signed in" }).click();
  await expect(dialog).toBeHidden();
  await expect(draftSaved(page)).toBeVisible();
  await page.reload();
  await expect(rationale(page)).toHaveValue("Typed after the session ended.");
});

test("a draft typed without a connection stays on the page and is saved when it is back", async ({ open }) => {
  const page = await open("/sign-in");
  await openCell(page, someone, "P4-I3");
  await page.context().setOffline(true);
  await rationale(page).fill("Typed without a connection.");
  await expect(page.getByText("Not saved, retrying. Your text stays here.")).toBeVisible();
  await page.context().setOffline(false);
  await expect(draftSaved(page)).toBeVisible();
  await page.reload();
  await expect(rationale(page)).toHaveValue("Typed without a connection.");
});
