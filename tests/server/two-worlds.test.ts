import { randomBytes } from "node:crypto";
import { expect, inject, test } from "vitest";
import { builtPages } from "#tests/support/worlds/pages.ts";
import { type PairOutcome, playPairs } from "#tests/support/worlds/pairs.ts";

const pairs = 100;
/** The same worlds again: `CONCORD_SEED=... npx vitest run ...`, or `npm run prove -- independence --seed ...`. */
const seed = process.env.CONCORD_SEED ?? randomBytes(4).toString("hex");

test("two worlds that differ only in what somebody may not see look the same to them", {
  timeout: 900_000,
}, async () => {
  const cluster = { url: inject("postgresUrl"), templateName: inject("templateName") };
  const outcomes = await playPairs({ cluster, build: await builtPages(), seed, pairs });
  const told = (outcome: PairOutcome) => ({ again: `--seed ${seed} --first ${outcome.number} --pairs 1`, ...outcome });
  expect(outcomes.filter(({ leak }) => leak !== null).map(told)).toEqual([]);
  expect(outcomes.filter(({ witnesses }) => witnesses.length === 0).map(told), "nobody saw a difference").toEqual([]);
  const seenByOthers = outcomes.filter(({ witnesses }) => witnesses.some((who) => who.startsWith("board")));
  expect(seenByOthers.length).toBeGreaterThan(pairs / 10);
  const answers = outcomes.reduce((sum, { compared }) => sum + compared, 0);
  process.stdout.write(
    `two worlds: seed ${seed}, ${outcomes.length} pairs, ${answers} answers compared, 0 differences\n`,
  );
});
