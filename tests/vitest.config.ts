import { defineConfig } from "vitest/config";

export default defineConfig({
  root: `${import.meta.dirname}/..`,
  test: {
    environment: "node",
    include: ["tests/{app,rubric,db,server}/**/*.test.ts"],
    globalSetup: ["tests/support/global-postgres.ts"],
    setupFiles: ["tests/support/no-console-error.ts"],
    pool: "forks",
    // Each worker may hold a database and a whole server.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
