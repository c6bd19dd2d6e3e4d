import { setTimeout as pause } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import { z } from "zod";
import type { Application } from "#server/application.ts";
import { recordScore } from "#server/commands/record-score.ts";
import { requireMember } from "#server/membership.ts";
import { alternate } from "./alternate.ts";
import type { Bench } from "./arena.ts";
import { type Client, makeClient } from "./client.ts";
import { figuresOf, rounded, type Sample } from "./figures.ts";
import { type BenchPanel, type BenchReviewer, preparePanel } from "./panel.ts";
import { startPart } from "./part.ts";

const listeners = 100;
const actsInOneLeg = 20;
const rounds = 3;
/** Longer than the server's rest between two nudges: each act is one after a quiet moment. */
const restMs = 200;
const mostWaitMs = 10_000;

const cells = ["P1", "P2"].flatMap((policyId) => ["I1", "I2", "I3"].map((criterionId) => ({ policyId, criterionId })));

const joined = z.object({ ok: z.literal(true) });

/** From sending a submission until each of a hundred sockets has heard of it, beside Socket.IO alone. */
export const benchLive: Bench = async ({ app, databaseUrl, told }) => {
  const acts = actsInOneLeg * (rounds + 1);
  told(`preparing ${acts} reviewers with complete sheets, and ${listeners} who listen`);
  const panel = await preparePanel(app, { reviewers: acts + listeners, cells });
  const submitting = panel.reviewers.slice(0, acts);
  for (const reviewer of submitting) await fillSheet(app, panel, reviewer);
  const concord = await startPart("concord", databaseUrl);
  const limit = await startPart("raw-nudges", databaseUrl);
  const clients = { concord: makeClient(concord.url, 1), limit: makeClient(limit.url, 1) };
  const rooms = {
    concord: await Promise.all(panel.reviewers.slice(acts).map((who) => follow(concord.url, who, panel.panelId))),
    limit: await Promise.all(Array.from({ length: listeners }, () => connected(io(limit.url, options)))),
  };
  const actors = {
    concord: submitter(clients.concord, panel.panelId, submitting),
    limit: teller(clients.limit, panel.panelId),
  };
  try {
    const samples = await alternate(
      { concord: () => measure(rooms.concord, actors.concord), limit: () => measure(rooms.limit, actors.limit) },
      { rounds, told },
    );
    const [ours, theirs] = [figuresOf(samples.concord), figuresOf(samples.limit)];
    return {
      bench: "live",
      what: `from sending a submission until each of ${listeners} sockets heard; raw limit: node:http and Socket.IO, one emit`,
      concord: ours,
      limit: theirs,
      ratio: rounded(ours.p50Ms / theirs.p50Ms),
      ratioOf: "p50Ms",
      ratios: samples.concord.map((sample, leg) => rounded(medianOf(sample) / medianOf(samples.limit[leg]))),
    };
  } finally {
    for (const socket of [...rooms.concord, ...rooms.limit]) socket.close();
    clients.concord.close();
    clients.limit.close();
    await Promise.all([concord.stop(), limit.stop()]);
  }
};

const options = { transports: ["websocket"], forceNew: true, reconnection: false };

async function fillSheet(app: Application, { panelId }: BenchPanel, { user }: BenchReviewer): Promise<void> {
  const member = await requireMember(app, user, panelId);
  await Promise.all(
    cells.map((cell) => recordScore(app, member, { ...cell, input: { value: 1, rationale: "Because.", version: 0 } })),
  );
}

async function follow(url: string, { token }: BenchReviewer, panelId: string): Promise<Socket> {
  const socket = await connected(io(url, { ...options, auth: { token } }));
  joined.parse(await socket.timeout(mostWaitMs).emitWithAck("panel:join", { panelId }));
  return socket;
}

function connected(socket: Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    socket.once("connect", () => resolve(socket)).once("connect_error", reject);
  });
}

function submitter(client: Client, panelId: string, reviewers: readonly BenchReviewer[]): () => Promise<unknown> {
  const path = `/api/v1/panels/${panelId}/submission`;
  const waiting = [...reviewers];
  return async () => {
    const next = waiting.shift();
    if (next) await client.send({ method: "POST", path, token: next.token, body: "{}" });
  };
}

function teller(client: Client, panelId: string): () => Promise<unknown> {
  let version = 0;
  return () => {
    version += 1;
    return client.send({ method: "POST", path: "/", body: JSON.stringify({ panelId, version }) });
  };
}

async function measure(room: readonly Socket[], act: () => Promise<unknown>): Promise<Sample> {
  const times: number[] = [];
  const began = performance.now();
  for (let count = 1; count <= actsInOneLeg; count += 1) {
    await pause(restMs);
    const sentAt = performance.now();
    const heard = Promise.all(room.map(nextNudge));
    await act();
    for (const at of await heard) times.push(at - sentAt);
  }
  return { seconds: (performance.now() - began) / 1000, times };
}

function nextNudge(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => reject(new Error(`A socket heard nothing in ${mostWaitMs} ms.`)), mostWaitMs);
    socket.once("panel:changed", () => {
      clearTimeout(giveUp);
      resolve(performance.now());
    });
  });
}

function medianOf(sample: Sample | undefined): number {
  return figuresOf(sample ? [sample] : []).p50Ms;
}
