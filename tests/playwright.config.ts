import { defineConfig } from "@playwright/test";
import { chromiumFlags, findChromium } from "./chromium.mjs";

const executablePath = findChromium();

export default defineConfig({
  testDir: "browser",
  testMatch: "**/*.test.ts",
  outputDir: "../test-results",
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    browserName: "chromium",
    launchOptions: { ...(executablePath && { executablePath }), args: chromiumFlags },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
});
