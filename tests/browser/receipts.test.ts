import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { enterAs, expect, test } from "#tests/support/product.ts";

const submitted = "Reviewer 3 (security engineering)";
const receiptWords = "Download the receipt of round 1";

/** The addresses of the panels in the list. */
async function panelsOn(page: Page): Promise<string[]> {
  await page.waitForLoadState();
  const links = page.locator("main a[href^='/panels/']");
  const hrefs = await links.evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
  return [...new Set(hrefs.flatMap((href) => /\/panels\/[0-9a-f-]{36}/.exec(href) ?? []))];
}

test("a reviewer takes the receipt home, and the page finds it true, and an altered one not", async ({
  open,
}, info) => {
  const page = await open("/sign-in");
  await enterAs(page, submitted);
  const board = await page.getByRole("link", { name: "See the board" }).getAttribute("href");
  const panel = (board ?? "").replace(/\/board$/, "");
  await page.goto(`${panel}/score/check`);
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: receiptWords }).click();
  const file = info.outputPath("receipt.json");
  await (await coming).saveAs(file);

  await page.getByRole("link", { name: "What it is, and how to check one" }).click();
  await page.getByLabel("Choose the file").setInputFiles(file);
  await expect(page.getByLabel("The receipt’s text")).toHaveValue(/concord-receipt\/1/);
  await page.getByRole("button", { name: "Check the receipt" }).click();
  await expect(page.getByText("This receipt of round 1 matches.")).toBeVisible();
  await expect(page.getByText("is not revealed yet")).toBeVisible();

  const altered = readFileSync(file, "utf8")
    .replace(/"value":-?\d/, '"value":0')
    .replace(/"version":\d+/, '"version":77');
  await page.getByLabel("The receipt’s text").fill(altered);
  await page.getByRole("button", { name: "Check the receipt" }).click();
  await expect(page.getByText("This receipt does not match.")).toBeVisible();
  await page.getByLabel("The receipt’s text").fill("Not one.");
  await page.getByRole("button", { name: "Check the receipt" }).click();
  await expect(page.getByText("This is not a receipt.")).toBeVisible();
  await expect(page.getByLabel("The receipt’s text")).toHaveValue("Not one.");
});

test("without JavaScript a receipt is downloaded, pasted and found in the log of a closed round", async ({
  browser,
  product,
}) => {
  const context = await browser.newContext({ baseURL: product.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await enterAs(page, submitted);
  const panels = await panelsOn(page);
  const places: string[] = [];
  for (const panel of panels) {
    await page.goto(`${panel}/receipt`);
    const link = page.getByRole("link", { name: receiptWords });
    const text = await (await page.request.get((await link.getAttribute("href")) ?? "")).text();
    await page.getByLabel("The receipt’s text").fill(text);
    await page.getByRole("button", { name: "Check the receipt" }).click();
    await expect(page.getByText("This receipt of round 1 matches.")).toBeVisible();
    places.push((await page.getByRole("status").innerText()).match(/in line \d+, batch \d+/)?.[0] ?? "waits");
  }
  expect(places.sort()).toEqual([expect.stringMatching(/^in line \d+, batch \d+$/), "waits"]);
  await context.close();
});

test("the report shows the newest checkpoint to everyone, and what a check proves", async ({ open }) => {
  const page = await open("/sign-in");
  await enterAs(page, "Observer (member office)");
  const [panel] = await panelsOn(page);
  await page.goto(`${panel}/report`);
  await expect(
    page.locator("pre", { hasText: /^\s*concord\/[0-9a-f-]{36}\s+\d+\s+[A-Za-z0-9+/]{43}=/ }).first(),
  ).toBeVisible();
  await expect(page.getByRole("heading", { name: "What it does not show" })).toBeVisible();
});
