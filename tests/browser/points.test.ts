import type { Page } from "@playwright/test";
import { enterAs, expect, test } from "#tests/support/product.ts";

const author = "Reviewer 6 (federal procurement)";
const other = "Reviewer 5 (civil-liberties counsel)";

/** Goes to the check page of the panel that is scoring; answers the panel's path. */
async function check(page: Page, name: string): Promise<string> {
  await enterAs(page, name);
  const path = await page.getByRole("link", { name: /^Score \d+/ }).getAttribute("href");
  const panel = (path ?? "").replace(/\/score.*$/, "");
  await page.goto(`${panel}/score/check`);
  return panel;
}

const field = (page: Page, name: RegExp) => page.getByRole("textbox", { name });
const save = (page: Page) => page.getByRole("button", { name: "Save my points" }).click();

test("points are weighed as they are typed, refused in words, and kept once they are right", async ({ open }) => {
  const page = await open("/sign-in");
  await check(page, author);
  await field(page, /^I1/).fill("100");
  await field(page, /^G1/).fill("25");
  await expect(page.getByText(/Your share 80\s%, equal 17\s%/)).toBeVisible();
  await expect(page.getByText("Not saved yet.")).toBeVisible();

  await field(page, /^G2/).fill("101");
  await save(page);
  await page.getByRole("link", { name: "G2: Use a whole number from 0 to 100." }).click();
  await expect(field(page, /^G2/)).toBeFocused();
  await field(page, /^G2/).fill("");
  await save(page);
  await expect(page.getByText(/^Saved .* UTC\.$/)).toBeVisible();

  const second = await open("/sign-in");
  await check(second, author);
  await expect(field(second, /^I1/)).toHaveValue("100");
  await field(second, /^I1/).fill("60");
  await save(second);
  await expect(second.getByText(/^Saved .* UTC\.$/)).toBeVisible();

  await field(page, /^I1/).fill("70");
  await save(page);
  await expect(page.getByText("Saved from the other window: I1 60, G1 25.")).toBeVisible();
  await expect(field(page, /^I1/)).toHaveValue("70");
  await save(page);
  await expect(page.getByText(/^Saved .* UTC\.$/)).toBeVisible();
  await page.reload();
  await expect(field(page, /^I1/)).toHaveValue("70");
});

test("without JavaScript points that were typed are not lost by submitting too early", async ({ browser, product }) => {
  const context = await browser.newContext({ baseURL: product.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await check(page, other);
  await field(page, /^I2/).fill("40");
  await field(page, /^G3/).fill("10");
  await page.getByRole("button", { name: "Submit round 1" }).click();
  await expect(page.getByRole("heading", { name: /Not submitted: \d+ cells are not complete yet/ })).toBeVisible();
  await expect(field(page, /^I2/)).toHaveValue("40");
  await expect(page.getByText(/Your share 80\s%, equal 17\s%/)).toBeVisible();
  await field(page, /^I2/).fill("many");
  await save(page);
  await expect(page.getByRole("link", { name: "I2: Use a whole number from 0 to 100." })).toBeVisible();
  await expect(field(page, /^I2/)).toHaveValue("many");
  await field(page, /^I2/).fill("");
  await save(page);
  await expect(page.getByText(/^Saved .* UTC\.$/)).toBeVisible();
  await expect(page.getByText(/Your share 100\s%, equal 17\s%/)).toBeVisible();
  await context.close();
});

test("a colleague's points change nothing on anyone else's pages", async ({ open }) => {
  test.setTimeout(240_000);
  const page = await open("/sign-in");
  const panel = await check(page, author);
  const watchers = ["Reviewer 3 (security engineering)", "Facilitator (committee staff)", "Observer (member office)"];
  const pages: Page[] = [];
  for (const name of watchers) {
    const watcher = await open("/sign-in");
    await enterAs(watcher, name);
    pages.push(watcher);
  }
  const look = async () => {
    const texts: string[] = [];
    for (const watcher of pages) {
      for (const part of ["", "/board", "/board/P1/I1", "/consensus", "/report"]) {
        for (const suffix of ["", ".data"]) {
          const text = await (await watcher.request.get(`${panel}${part}${suffix}`)).text();
          // Every page has a nonce and keys of its own.
          texts.push(text.replaceAll(/nonce="[^"]*"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ""));
        }
      }
    }
    return texts;
  };
  const before = await look();
  for (const [index, id] of ["I1", "I2", "I3", "G1", "G2", "G3"].entries())
    await field(page, new RegExp(`^${id}`)).fill(String(97 - index));
  await save(page);
  await expect(page.getByText(/^Saved .* UTC\.$/)).toBeVisible();
  expect(await (await page.request.get(`${panel}/score/check.data`)).text()).toMatch(/\b97\b.*\b92\b/s);
  expect(await look()).toEqual(before);
});
