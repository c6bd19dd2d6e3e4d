import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { enterRoom, type LiveServer, type LiveSocket, liveSockets } from "#server/realtime/live-socket.ts";
import { makeNudges, type Nudges } from "#server/realtime/nudges.ts";
import { joinPanel } from "#server/realtime/rooms.ts";
import { openRaw, type RawSocket } from "#tests/support/live.ts";
import { done } from "#tests/support/panels.ts";
import { person } from "#tests/support/people.ts";
import { startServer } from "#tests/support/server.ts";

const mostUnwritableMs = 2_500;
/** More than the operating system keeps for a reader that does not read. */
const tooMuch = "x".repeat(24 * 1024 * 1024);
const user = { userId: "u", name: "Rita", email: "rita@example.org", isAdministrator: false };

let io: LiveServer;
let nudges: Nudges;
let url: string;

beforeEach(async () => {
  const http = createServer();
  io = new Server(http, { transports: ["websocket"] });
  nudges = makeNudges(io, { mostUnwritableMs });
  io.use((socket, next) => {
    socket.data = {
      identity: { user, sessionId: null, expiresAt: null, byCookie: false, isFresh: false, credentialHash: "h" },
      told: new Map(),
    };
    next();
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(async () => {
  nudges.stop();
  await io.close();
});

async function connected(): Promise<{ raw: RawSocket; socket: LiveSocket }> {
  const raw = await openRaw({ url });
  raw.text("40{}");
  await expect.poll(() => liveSockets(io).length).toBe(1);
  const [socket] = liveSockets(io);
  if (!socket) throw new Error("nobody is connected");
  await enterRoom(socket, "one");
  await enterRoom(socket, "two");
  return { raw, socket };
}

/** It reads nothing, and what is under way for it fills every buffer on the way. */
function clog({ raw, socket }: { raw: RawSocket; socket: LiveSocket }): void {
  raw.connection.pause();
  socket.conn.write(tooMuch);
}

describe("a socket that takes nothing", () => {
  test("keeps the newest version of each panel, and gets it when it takes something again", async () => {
    const slow = await connected();
    clog(slow);
    for (let version = 1; version <= 50; version += 1) {
      nudges.changed("one", version);
      nudges.changed("two", 100 + version);
    }
    slow.raw.connection.resume();
    const told = () =>
      [
        ...slow.raw
          .received()
          .slice(-500)
          .matchAll(/\["panel:changed",(\{.*?\})\]/g),
      ].map(([, text]) => JSON.parse(text ?? ""));

    await expect.poll(told, { timeout: 10_000 }).toEqual([
      { panelId: "one", version: 50 },
      { panelId: "two", version: 150 },
    ]);
    slow.raw.connection.destroy();
  });

  test("holds nobody else up", async () => {
    const slow = await connected();
    clog(slow);
    const quick = await openRaw({ url });
    quick.text("40{}");
    await expect.poll(() => liveSockets(io).length).toBe(2);
    for (const socket of liveSockets(io)) await enterRoom(socket, "one");

    nudges.changed("one", 7);

    await expect.poll(() => quick.received()).toContain('["panel:changed",{"panelId":"one","version":7}]');
    quick.connection.destroy();
    slow.raw.connection.destroy();
  });

  test("is cut off in the end", async () => {
    const slow = await connected();
    clog(slow);
    nudges.changed("one", 1);
    const began = performance.now();

    await expect.poll(() => liveSockets(io).length, { timeout: 10_000 }).toBe(0);
    expect(performance.now() - began).toBeGreaterThan(mostUnwritableMs - 100);
    slow.raw.connection.destroy();
  });
});

test("a socket follows twenty panels at once, and another one after leaving one", async () => {
  const server = await startServer();
  const owner = await person(server, "Olga Owner");
  const { raw, socket } = await connected();
  socket.data.identity = { ...socket.data.identity, user: { ...user, userId: owner.userId } };
  socket.data.told.clear();
  const panelIds: string[] = [];
  for (let count = 1; count <= 21; count += 1) {
    const set = { title: `Panel ${count}`, question: "Which?", template: "wilson-hine", protocol: "staff-team" };
    panelIds.push(done(await owner.call("POST", "/panels", set), 201).panelId);
  }
  const join = joinPanel(server.app);
  const answers = [];
  for (const panelId of panelIds) answers.push(await join(socket, panelId));

  expect(answers.map((answer) => answer.ok)).toEqual([...Array(20).fill(true), false]);
  expect(answers.at(-1)).toEqual({ ok: false, error: "too_many" });
  raw.connection.destroy();
  await server.stop();
});
