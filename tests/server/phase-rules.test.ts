import { randomInt } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { play, playTour } from "#tests/support/model/play.ts";
import { skewedClock } from "#tests/support/model/skewed-clock.ts";
import { inLines, makeTally, untried } from "#tests/support/model/tally.ts";
import { presetNames } from "#tests/support/model/terms.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

const runs = 5;
const commands = 40;
/** The same scripts again: `CONCORD_SEED=... npx vitest run ...`; a failure says how to see it again by itself. */
const seed = Number(process.env.CONCORD_SEED ?? randomInt(2 ** 31));
const tally = makeTally();

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ clock: skewedClock(seed) });
});
afterAll(() => server.stop());

test.each(presetNames)("a round trip through all there is to do ends in what the rules say: %s", async (preset) => {
  await playTour({ server, preset, tally });
});

describe("random scripts end in what the rules say", () => {
  test.each(presetNames)("%s", { timeout: 600_000 }, async (preset) => {
    const own = seed + presetNames.indexOf(preset);
    expect(await play({ server, preset, runs, commands, seed: own, tally })).toBeNull();
  });
});

test("the scripts came everywhere", () => {
  process.stdout.write(
    `phase rules: seed ${seed}, ${tally.deeds()} deeds, ${tally.looks()} looks\n${inLines(tally).join("\n")}\n`,
  );
  expect(untried(tally)).toEqual([]);
});
