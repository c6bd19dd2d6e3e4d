import { connect, createServer, type Server, type Socket } from "node:net";

export interface Door {
  /** The database's address through this door. */
  readonly url: string;
  /** Cuts every connection and refuses new ones, as a database that went down does. */
  shut(): Promise<void>;
  /** Lets nothing through any more without saying so, as a broken network does. */
  jam(): void;
  open(): Promise<void>;
}

/** A door in front of a database that can be shut. */
export async function aDoorTo(databaseUrl: string): Promise<Door> {
  const target = new URL(databaseUrl);
  const inside = new Set<Socket>();
  let isJammed = false;
  const make = (): Server =>
    createServer((client) => {
      const database = connect(Number(target.port), target.hostname);
      for (const [from, to] of [
        [client, database],
        [database, client],
      ] as const) {
        inside.add(from);
        from.on("data", (chunk) => isJammed || to.write(chunk));
        from.on("error", () => {});
        from.once("close", () => {
          inside.delete(from);
          to.destroy();
        });
      }
    });
  let server = make();
  const port = await listen(server, 0);
  const url = new URL(databaseUrl);
  url.port = String(port);
  return {
    url: url.href,
    jam() {
      isJammed = true;
    },
    async shut() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of inside) socket.destroy();
      await closed;
    },
    async open() {
      isJammed = false;
      if (server.listening) return;
      server = make();
      await listen(server, port);
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : port);
    });
  });
}
