import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Application } from "#server/application.ts";
import { ownOrigins } from "#server/http/own-origins.ts";

export type Upgrade = (request: IncomingMessage, connection: Duplex, head: Buffer) => void;

export interface Door {
  /** Lets nobody else in, and cuts what has not gone by itself a moment later. */
  close(): Promise<void>;
}

const path = "/socket.io/";
const partingMs = 1000;

/**
 * Hands over the web sockets that the live channel may take at all. Browsers let any page of any site open one with our
 * cookie, and Socket.IO's `cors` does not look at them: the Origin is the only guard.
 */
export function openDoor(server: Server, app: Application, handOver: Upgrade): Door {
  const origins = ownOrigins(app);
  const inside = new Set<Duplex>();
  let isOpen = true;

  function refusalOf({ headers }: IncomingMessage): string | null {
    if (!isOpen) return "503 Service Unavailable";
    return headers.origin === undefined || origins.has(headers.origin) ? null : "403 Forbidden";
  }

  function receive(request: IncomingMessage, connection: Duplex, head: Buffer): void {
    // In development Vite listens for its own; with nobody else here the connection would hang.
    const isOurs = request.url?.startsWith(path) ?? false;
    if (!isOurs && server.listenerCount("upgrade") > 1) return;
    const refusal = isOurs ? refusalOf(request) : "404 Not Found";
    if (refusal !== null) {
      refuse(connection, refusal);
      return;
    }
    inside.add(connection);
    connection.once("close", () => inside.delete(connection));
    handOver(request, connection, head);
  }

  server.on("upgrade", receive);
  return {
    async close() {
      isOpen = false;
      await parted(inside);
    },
  };
}

function refuse(connection: Duplex, status: string): void {
  // Whoever is refused may hang up first; without a listener that would end the process.
  connection.on("error", () => {});
  connection.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => connection.destroy());
}

async function parted(inside: ReadonlySet<Duplex>): Promise<void> {
  const gone = [...inside].map((connection) => new Promise((resolve) => connection.once("close", resolve)));
  const cut = setTimeout(() => {
    for (const connection of inside) connection.destroy();
  }, partingMs);
  await Promise.all(gone);
  clearTimeout(cut);
}
