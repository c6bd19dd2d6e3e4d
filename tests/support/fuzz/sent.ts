import { Agent, request } from "node:http";
import { connect } from "node:net";
import type { Ground, Role } from "./ground.ts";

/** One thing to send to the server, and who does. Bodies and bytes are texts of one character a byte. */
export type Sent =
  | {
      readonly way: "request";
      readonly by: Role;
      readonly as: "cookie" | "bearer";
      readonly method: string;
      readonly path: string;
      readonly type?: string | undefined;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  | { readonly way: "bytes"; readonly by: Role; readonly bytes: string }
  | { readonly way: "socket"; readonly by: Role; readonly frames: readonly string[] };

export interface Outcome {
  /** Of the last answer; `null` when the connection ended without one. */
  readonly status: number | null;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
/** How long to wait for a first answer, and then for more. Who hangs up first gets no answer any more. */
const patience = { firstMs: 400, moreMs: 20 };

export async function send(ground: Ground, url: string, sent: Sent): Promise<Outcome> {
  switch (sent.way) {
    case "request":
      return sendRequest(ground, url, sent);
    case "bytes": {
      const token = await ground.sessionOf(sent.by, false);
      const bytes = sent.bytes.replaceAll("@session@", token).replaceAll("@host@", new URL(url).host);
      return sendBytes(url, [bytes]);
    }
    case "socket":
      return sendBytes(url, [await upgradeFor(ground, url, sent.by), ...sent.frames]);
  }
}

async function sendRequest(ground: Ground, url: string, sent: Extract<Sent, { way: "request" }>): Promise<Outcome> {
  const endsSession = /session|sign-out/.test(sent.path);
  const token = await ground.sessionOf(sent.by, endsSession);
  const shown =
    sent.as === "cookie" ? { cookie: `${ground.cookieName}=${token}` } : { authorization: `Bearer ${token}` };
  const body = Buffer.from(sent.body ?? "", "latin1");
  const headers = {
    ...(token === "" ? {} : shown),
    ...(sent.type === undefined ? {} : { "content-type": sent.type }),
    ...(sent.method === "GET" ? {} : { "content-length": body.length, "sec-fetch-site": "same-origin" }),
    ...sent.headers,
  };
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { agent, hostname, port, method: sent.method, path: sent.path, headers, timeout: 20_000 },
      (incoming) => {
        let text = "";
        incoming.setEncoding("utf8").on("data", (chunk: string) => {
          if (text.length < 2_000) text += chunk;
        });
        incoming.once("end", () => resolve({ status: incoming.statusCode ?? null, text }));
        incoming.once("error", reject);
      },
    );
    outgoing.once("timeout", () => outgoing.destroy(new Error("no answer in 20 s")));
    // A refusal that comes before all of a body was sent may end the connection.
    outgoing.once("error", (error) =>
      /EPIPE|ECONNRESET|hang up/.test(String(error)) ? resolve({ status: null, text: "" }) : reject(error),
    );
    outgoing.end(body);
  });
}

/** Sends these one after the other on a connection of their own, ends it, and answers all that came back. */
function sendBytes(url: string, parts: readonly string[]): Promise<Outcome> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(Number(port), hostname, async () => {
      for (const part of parts) {
        if (!socket.writable) return;
        socket.write(part, "latin1");
        // The next one makes sense only to whoever has read the first.
        if (part !== parts.at(-1)) await new Promise((next) => setImmediate(next));
      }
    });
    let giveUp = setTimeout(() => socket.destroy(), patience.firstMs);
    socket.on("data", (chunk) => {
      if (text.length < 20_000) text += chunk.toString("latin1");
      clearTimeout(giveUp);
      giveUp = setTimeout(() => socket.destroy(), patience.moreMs);
    });
    socket.on("error", () => {});
    socket.once("close", () => {
      clearTimeout(giveUp);
      resolve({ status: statusIn(text), text });
    });
  });
}

/** The highest status of all the answers on one connection. */
function statusIn(text: string): number | null {
  const statuses = [...text.matchAll(/(?:^|\n)HTTP\/1\.[01] (\d{3})/g)].map(([, status]) => Number(status));
  return statuses.length === 0 ? null : Math.max(...statuses);
}

async function upgradeFor(ground: Ground, url: string, by: Role): Promise<string> {
  const token = await ground.sessionOf(by, true);
  const lines = [
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
    `Host: ${new URL(url).host}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    `Origin: ${url}`,
    `Cookie: ${ground.cookieName}=${token}`,
  ];
  return `${lines.join("\r\n")}\r\n\r\n`;
}
