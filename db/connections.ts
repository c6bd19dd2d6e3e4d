import type { Connection } from "./connection.ts";

/** The sessions of this process with its database: at most so many, each used by one piece of work at a time. */
export interface Connections {
  use<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>;
  /** Waits for the work under way. */
  close(): Promise<void>;
}

export function makeConnections(open: () => Connection, most: number): Connections {
  const idle: Connection[] = [];
  const waiting: (() => void)[] = [];
  const present = new Set<Connection>();
  let working = 0;
  let whenDone: (() => void) | null = null;

  async function take(): Promise<Connection> {
    while (idle.length === 0 && present.size >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    const connection = idle.pop() ?? added();
    if (!connection.isLost()) return connection;
    drop(connection);
    return take();
  }

  function added(): Connection {
    const connection = open();
    present.add(connection);
    return connection;
  }

  function giveBack(connection: Connection): void {
    if (connection.isLost()) drop(connection);
    else idle.push(connection);
    waiting.shift()?.();
  }

  function drop(connection: Connection): void {
    present.delete(connection);
    // Nobody waits for a lost session to say goodbye.
    connection.end().catch(() => {});
  }

  return {
    async use(work) {
      working += 1;
      try {
        const connection = await take();
        return await work(connection).finally(() => giveBack(connection));
      } finally {
        working -= 1;
        if (working === 0) whenDone?.();
      }
    },
    async close() {
      if (working > 0) {
        await new Promise<void>((resolve) => {
          whenDone = resolve;
        });
      }
      await Promise.all([...present].map((connection) => connection.end()));
    },
  };
}
