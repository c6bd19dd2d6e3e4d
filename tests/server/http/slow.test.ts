import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { aPanel } from "#tests/support/panels.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

/** As delivered, the limits are 10 s and 30 s, and looked at every second. */
const headersTimeout = 1_000;
const requestTimeout = 1_500;

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
  Object.assign(server.server, { headersTimeout, requestTimeout });
});
afterEach(() => server.stop());

interface Slow {
  readonly socket: Socket;
  /** All that was answered until the connection ended, and after how many milliseconds it did. */
  readonly ended: Promise<{ text: string; afterMs: number }>;
}

function open(): Slow {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  const began = performance.now();
  let text = "";
  socket.on("data", (bytes) => {
    text += bytes.toString("latin1");
  });
  socket.on("error", () => {});
  const ended = new Promise<{ text: string; afterMs: number }>((resolve) => {
    socket.once("close", () => resolve({ text, afterMs: performance.now() - began }));
  });
  return { socket, ended };
}

/** Sends one piece every 50 ms until the connection ends. */
function drip({ socket }: Slow, first: string, piece: string): void {
  socket.write(first);
  const timer = setInterval(() => socket.write(piece), 50);
  socket.once("close", () => clearInterval(timer));
}

const late = "HTTP/1.1 408 Request Timeout";

describe("whoever sends slowly on purpose", () => {
  test("a head line by line is cut off", async () => {
    const slow = open();
    drip(slow, "GET /healthz HTTP/1.1\r\nHost: x\r\n", "X: y\r\n");
    const { text, afterMs } = await slow.ended;
    expect(text.split("\r\n", 1)).toEqual([late]);
    expect(afterMs).toBeLessThan(headersTimeout + 4_000);
  });

  test("a body byte by byte is cut off", async () => {
    const slow = open();
    const head = [
      "POST /api/v1/session HTTP/1.1",
      "Host: x",
      "Content-Type: application/json",
      "Content-Length: 60000",
    ];
    drip(slow, `${head.join("\r\n")}\r\n\r\n`, " ");
    const { text, afterMs } = await slow.ended;
    expect(text.split("\r\n", 1)).toEqual([late]);
    expect(afterMs).toBeLessThan(requestTimeout + 4_000);
  });

  test("nothing at all is cut off too", async () => {
    const { text, afterMs } = await open().ended;
    expect(text.split("\r\n", 1)).toEqual([late]);
    expect(afterMs).toBeLessThan(headersTimeout + 4_000);
  });

  test("a hundred of them hold nobody else up", async () => {
    const crowd = Array.from({ length: 100 }, open);
    for (const slow of crowd) drip(slow, "GET / HTTP/1.1\r\nHost: x\r\n", "X: y\r\n");
    const began = performance.now();
    const { reviewers } = await aPanel(server, { reviewers: 1 });
    expect(reviewers).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(10_000);
    const statuses = (await Promise.all(crowd.map(({ ended }) => ended))).map(({ text }) => text.split("\r\n", 1)[0]);
    expect(new Set(statuses)).toEqual(new Set([late]));
  });
});
