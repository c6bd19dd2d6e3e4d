import { type Socket as NetSocket, connect as openConnection } from "node:net";
import { io, type Socket } from "socket.io-client";
import { attachRealtime, type Realtime } from "#server/realtime/realtime.ts";
import type { Person } from "./people.ts";
import { startServer, type TestServer, type TestServerOptions } from "./server.ts";

export interface LiveServer extends TestServer {
  readonly realtime: Realtime;
}

/** The whole product with its live channel. */
export async function startLiveServer(options: TestServerOptions = {}): Promise<LiveServer> {
  const server = await startServer(options);
  const realtime = attachRealtime(server.server, server.app);
  async function stop(): Promise<void> {
    await realtime.stop();
    await server.stop();
  }
  return { ...server, realtime, stop };
}

interface Heard {
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into events of every shape
  readonly payload: any;
  readonly at: number;
}

export interface Ear {
  readonly socket: Socket;
  /** Everything heard so far. */
  readonly heard: Heard[];
  /** The first event for which this holds, past or to come. */
  until(holds: (heard: Heard) => boolean, withinMs?: number): Promise<Heard>;
  say(event: string, payload: unknown): Promise<unknown>;
  join(panelId: string): Promise<unknown>;
  close(): void;
}

export interface Handshake {
  readonly origin?: string;
  readonly cookie?: string;
  readonly auth?: Record<string, unknown>;
}

/** A connected socket. @throws Error with the server's word when it is refused */
export async function listen(server: Pick<TestServer, "url">, { origin, cookie, auth }: Handshake): Promise<Ear> {
  const extraHeaders = { ...(origin === undefined ? {} : { origin }), ...(cookie === undefined ? {} : { cookie }) };
  const socket = io(server.url, {
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    extraHeaders,
    ...(auth ? { auth } : {}),
  });
  const ear = overSocket(socket);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve).once("connect_error", reject);
    });
    return ear;
  } catch (error) {
    socket.close();
    throw error;
  }
}

/** As a page of ours does: session cookie and our own Origin. */
export function listenAs(server: Pick<TestServer, "url">, who: Person): Promise<Ear> {
  return listen(server, { origin: server.url, cookie: who.cookie });
}

/** What a person hears of a panel from now on. */
export async function follow(server: Pick<TestServer, "url">, who: Person, panelId: string): Promise<Ear> {
  const ear = await listenAs(server, who);
  await ear.join(panelId);
  return ear;
}

function overSocket(socket: Socket): Ear {
  const heard: Heard[] = [];
  const looks = new Set<() => void>();
  function note(event: string, payload: unknown): void {
    heard.push({ event, payload, at: performance.now() });
    for (const look of looks) look();
  }
  socket.onAny(note);
  socket.on("disconnect", (reason) => note("disconnect", reason));
  const say = (event: string, payload: unknown) => socket.timeout(5_000).emitWithAck(event, payload);
  return {
    socket,
    heard,
    say,
    join: (panelId) => say("panel:join", { panelId }),
    close: () => void socket.close(),
    until(holds, withinMs = 5_000) {
      return new Promise<Heard>((resolve, reject) => {
        const giveUp = setTimeout(
          () => settle(() => reject(new Error(`not heard in ${withinMs} ms: ${JSON.stringify(heard)}`))),
          withinMs,
        );
        function settle(end: () => void): void {
          clearTimeout(giveUp);
          looks.delete(look);
          end();
        }
        function look(): void {
          const found = heard.find(holds);
          if (found) settle(() => resolve(found));
        }
        looks.add(look);
        look();
      });
    },
  };
}

export interface RawSocket {
  readonly connection: NetSocket;
  /** All bytes received, as text. */
  received(): string;
  text(message: string): void;
  binary(bytes: Uint8Array): void;
  closed: Promise<void>;
}

/** A web socket by hand, for what no client library would send. It is upgraded when the answer starts with 101. */
export async function openRaw(
  server: Pick<TestServer, "url">,
  headers: Record<string, string> = {},
  path = "/socket.io/?EIO=4&transport=websocket",
): Promise<RawSocket> {
  const { hostname, port, host } = new URL(server.url);
  const connection = openConnection(Number(port), hostname);
  let received = "";
  connection.on("data", (bytes) => {
    received += bytes.toString("latin1");
  });
  connection.on("error", () => {});
  const closed = new Promise<void>((resolve) => connection.once("close", () => resolve()));
  const upgrade = {
    Host: host,
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    ...headers,
  };
  const lines = Object.entries(upgrade).map(([name, value]) => `${name}: ${value}`);
  connection.write(`GET ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  await Promise.race([closed, new Promise((resolve) => connection.once("data", resolve))]);
  return {
    connection,
    received: () => received,
    text: (message) => void connection.write(frame(0x81, Buffer.from(message))),
    binary: (bytes) => void connection.write(frame(0x82, bytes)),
    closed,
  };
}

/** A client's frame; its mask is all zero, so the payload stays as it is. */
function frame(first: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const head = length < 126 ? [first, 0x80 | length] : [first, 0x80 | 126, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), Buffer.alloc(4), payload]);
}
