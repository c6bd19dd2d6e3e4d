import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";

/** The product as a newcomer starts it: its own process, its own folder, an embedded PostgreSQL, the demonstration. */
export interface Product {
  readonly url: string;
  /** The one-time link for the first administrator. */
  readonly setUpLink: string;
}

interface Fixtures {
  /** A product of the test's own, whose set-up link nobody has used. */
  readonly fresh: Product;
  /** Opens a page of its own for each person; whatever its console reports as an error fails the test. */
  readonly open: (path: string, options?: { width?: number }) => Promise<Page>;
}

/** A status the test asks for, and a revalidation that a newer one overtook, which the router reports before it goes on. */
const expected = /^Failed to load resource|^AbortError: signal is aborted/;

export const test = base.extend<Fixtures, { product: Product }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function wants from its pattern
    ({}, use) => withProduct(use),
    { scope: "worker", timeout: 60_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function wants from its pattern
  fresh: [({}, use) => withProduct(use), { timeout: 60_000 }],
  open: async ({ browser, product }, use) => {
    const faults: string[] = [];
    const contexts: Awaited<ReturnType<typeof browser.newContext>>[] = [];
    await use(async (path, { width = 1300 } = {}) => {
      const context = await browser.newContext({ baseURL: product.url, viewport: { width, height: 900 } });
      contexts.push(context);
      const page = await context.newPage();
      noteFaults(page, faults);
      await page.goto(path);
      return page;
    });
    for (const context of contexts) await context.close();
    expect(faults).toEqual([]);
  },
});

export { expect };

/** Collects what goes wrong in a page, where nobody would see it. */
export function noteFaults(page: Page, faults: string[]): void {
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !expected.test(message.text())) faults.push(message.text());
  });
}

/** Enters as one of the demonstration's people. */
export async function enterAs(page: Page, name: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name }).click();
  await page.waitForURL("**/panels");
}

/** Runs the product in a folder of its own, over the embedded PostgreSQL unless the settings say otherwise. */
export async function withProduct(
  use: (product: Product) => Promise<void>,
  settings: Record<string, string> = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "concord-browser-"));
  const { child, url, setUpLink } = await startProduct({ ...settings, DATA_DIR: folder });
  await use({ url, setUpLink });
  await stopProduct(child);
  rmSync(folder, { recursive: true, force: true });
}

async function startProduct(settings: Record<string, string>): Promise<Product & { child: ChildProcess }> {
  const env = { ...process.env, PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "silent", ...settings };
  const child = spawn(process.execPath, ["build/node/main.js"], { env, stdio: ["ignore", "pipe", "inherit"] });
  const text = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.once("exit", (code) => reject(new Error(`the product ended with ${code}: ${said}`)));
    child.stdout?.on("data", (data: Buffer) => {
      said += data.toString("utf8");
      if (said.includes("/set-up?token=") && said.endsWith("\n")) resolve(said);
    });
  });
  const url = /ready at (\S+)/.exec(text)?.[1] ?? "";
  const setUpLink = /(\S+\/set-up\?token=\S+)/.exec(text)?.[1] ?? "";
  return { child, url, setUpLink };
}

function stopProduct(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
