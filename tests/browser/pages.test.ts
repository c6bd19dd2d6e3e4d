import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { enterAs, expect, test } from "#tests/support/product.ts";

const people = [
  "Reviewer 3 (security engineering)",
  "Reviewer 5 (civil-liberties counsel)",
  "Facilitator (committee staff)",
  "Observer (member office)",
];
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function faultsOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target).join(", ")}`);
}

function isSidewaysScroll(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

for (const name of people) {
  test(`${name}: axe finds nothing on any page, and nothing scrolls sideways at 320 px`, async ({ open }) => {
    test.setTimeout(300_000);
    const page = await open("/sign-in");
    expect(await faultsOn(page)).toEqual([]);
    await enterAs(page, name);
    const hrefs = await page
      .locator("main a[href^='/panels/']")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
    const panels = new Set(hrefs.flatMap((href) => /\/panels\/[0-9a-f-]{36}/.exec(href) ?? []));
    expect(panels.size).toBe(2);
    const own = name.startsWith("Facilitator") ? ["/manage"] : [];
    const scoring = name.startsWith("Reviewer") ? ["/score", "/score/check", "/receipt"] : [];
    const paths = [...panels].flatMap((panel) =>
      ["", "/board", "/board?view=numbers", "/board/P1/G1", "/consensus", "/report", ...own, ...scoring].map(
        (part) => panel + part,
      ),
    );
    for (const path of ["/panels", "/panels/new", "/profile", "/nothing-here", ...paths]) {
      await page.setViewportSize({ width: 1300, height: 900 });
      await page.goto(path);
      expect({ path, faults: await faultsOn(page) }).toEqual({ path, faults: [] });
      await page.setViewportSize({ width: 320, height: 800 });
      expect({ path, scrolls: await isSidewaysScroll(page) }).toEqual({ path, scrolls: false });
    }
  });
}

test("without JavaScript a reviewer signs in, scores, and reads why a submission is refused", async ({
  browser,
  product,
}) => {
  const context = await browser.newContext({ baseURL: product.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await enterAs(page, "Reviewer 6 (federal procurement)");
  await page.getByRole("link", { name: /^Score \d+/ }).click();
  const place = await page.getByText(/^Cell \d+ of 24/).innerText();
  await page.locator("input[name=answer]").nth(1).check();
  await page.getByRole("textbox", { name: /Rationale/ }).fill("Written without scripts.");
  await page.getByRole("button", { name: "Save and next" }).click();
  await expect(page.getByText(place, { exact: true })).toHaveCount(0);
  await page.getByRole("link", { name: "Check and submit" }).click();
  await page.getByRole("button", { name: "Submit round 1" }).click();
  await expect(page.getByRole("heading", { name: /23 cells are not complete yet/ })).toBeVisible();
  await context.close();
});
