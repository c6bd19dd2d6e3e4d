import { z } from "zod";
import { alternate } from "./alternate.ts";
import type { Bench } from "./arena.ts";
import { type Client, makeClient } from "./client.ts";
import { figuresOf, rounded, type Sample } from "./figures.ts";
import { type BenchPanel, type BenchReviewer, preparePanel } from "./panel.ts";
import { startPart } from "./part.ts";

const atOnce = 16;
const reviewers = 200;
const seconds = 2;
const rounds = 5;
const rationale = "It reaches the people it is meant for, and its cost can be borne. ".repeat(3);

const saved = z.object({ version: z.int() });

/** One write, over and over by one of those who write at once. Answers nothing: what counts is that it was acknowledged. */
type Writer = () => Promise<unknown>;

/** Saving one score through the API, beside the least that keeps a text of the same size. */
export const benchWrite: Bench = async ({ app, databaseUrl, told }) => {
  told(`preparing ${reviewers} reviewers`);
  const panel = await preparePanel(app, { reviewers });
  const concord = await startPart("concord", databaseUrl);
  const limit = await startPart("raw-writes", databaseUrl);
  const clients = { concord: makeClient(concord.url, atOnce), limit: makeClient(limit.url, atOnce) };
  const writers = scoreWriters(clients.concord, panel);
  try {
    const samples = await alternate(
      { concord: () => measure(writers), limit: () => measure(rawWriters(clients.limit)) },
      { rounds, told },
    );
    const [ours, theirs] = [figuresOf(samples.concord), figuresOf(samples.limit)];
    return {
      bench: "write",
      what: `PUT one score, ${atOnce} at once over ${reviewers} reviewers; raw limit: node:http, one insert and commit`,
      concord: ours,
      limit: theirs,
      ratio: rounded(ours.perSecond / theirs.perSecond),
      ratioOf: "perSecond",
      ratios: samples.concord.map((sample, leg) => rounded(rateOf(sample) / rateOf(samples.limit[leg]))),
    };
  } finally {
    clients.concord.close();
    clients.limit.close();
    await Promise.all([concord.stop(), limit.stop()]);
  }
};

async function measure(writers: readonly Writer[]): Promise<Sample> {
  const times: number[] = [];
  const began = performance.now();
  const end = began + seconds * 1000;
  async function writeOn(write: Writer): Promise<void> {
    for (let now = performance.now(); now < end; now = performance.now()) {
      await write();
      times.push(performance.now() - now);
    }
  }
  await Promise.all(writers.map(writeOn));
  return { seconds: (performance.now() - began) / 1000, times };
}

/** Each writes for reviewers of its own, cell after cell from a place of its own, with the version it last saw. */
function scoreWriters(client: Client, { panelId, reviewers: all, cells }: BenchPanel): Writer[] {
  return Array.from({ length: atOnce }, (_, index) => {
    const mine = all.filter((_reviewer, position) => position % atOnce === index);
    const targets = cells.flatMap(({ policyId, criterionId }) => {
      const path = `/api/v1/panels/${panelId}/scores/${policyId}/${criterionId}`;
      return mine.map((reviewer) => ({ reviewer, path, version: 0 }));
    });
    let next = Math.floor((targets.length * index) / atOnce);
    return async () => {
      const target = targets[next % targets.length];
      next += 1;
      if (target) target.version = await save(client, target);
    };
  });
}

async function save(
  client: Client,
  target: { reviewer: BenchReviewer; path: string; version: number },
): Promise<number> {
  const { reviewer, path, version } = target;
  const answer = await client.send({ method: "PUT", path, token: reviewer.token, body: bodyOf(version) });
  return saved.parse(JSON.parse(answer)).version;
}

function rawWriters(client: Client): Writer[] {
  return Array.from({ length: atOnce }, () => () => client.send({ method: "PUT", path: "/", body: bodyOf(0) }));
}

function bodyOf(version: number): string {
  return JSON.stringify({ value: 1, rationale, version });
}

function rateOf(sample: Sample | undefined): number {
  return sample ? sample.times.length / sample.seconds : 0;
}
