import { randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { fuzz } from "#tests/support/fuzz/run.ts";
import { freshDatabase } from "#tests/support/postgres.ts";

const casesOfEach = 100;
const mostMs = 60_000;

test("nothing that anybody sends breaks the server", async () => {
  const database = await freshDatabase();
  const seed = randomInt(2 ** 31);
  const report = await fuzz({ databaseUrl: database.url, seed, casesOfEach, mostMs, told: () => {} });
  await database.drop();
  const { failures, faults, slowest, cases, kinds, byKind } = report;

  process.stdout.write(
    `fuzz: seed ${seed}, ${cases} cases of ${kinds} kinds, ` +
      `dearest request ${Math.round(slowest.cpuMs)} ms of CPU: ${slowest.what}\n`,
  );
  const first = failures.slice(0, 3).map(({ sent, ...failure }) => ({ ...failure, sent: JSON.stringify(sent) }));
  expect({ seed, first, faults }).toEqual({ seed, first: [], faults: [] });
  expect([kinds > 60, byKind.size]).toEqual([true, kinds]);
  expect(slowest.cpuMs, slowest.what).toBeLessThan(2_000);
  expect(report.heapAfter - report.heapBefore).toBeLessThan(100 * 1024 * 1024);
}, 180_000);
