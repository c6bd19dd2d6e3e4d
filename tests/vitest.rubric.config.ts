import { defineConfig } from "vitest/config";

// The pure core by itself. Nothing of it is kept in a module or a database, so its test files share their workers, which
// takes a sixth of the time, and every branch of it is walked.
export default defineConfig({
  root: `${import.meta.dirname}/..`,
  test: {
    environment: "node",
    include: ["tests/rubric/**/*.test.ts"],
    setupFiles: ["tests/support/no-console-error.ts"],
    pool: "forks",
    isolate: false,
    maxWorkers: 2,
    testTimeout: 20_000,
    coverage: {
      enabled: true,
      provider: "v8",
      include: ["rubric/**/*.ts"],
      exclude: ["tests/**"],
      reporter: [["text", { skipFull: true }]],
      reportsDirectory: "test-results/coverage",
      thresholds: { 100: true },
    },
  },
});
