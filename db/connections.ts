import { makeCircuit, Unreachable } from "./circuit.ts";
import type { Connection } from "./connection.ts";

/** The sessions of this process with its database: at most so many, each used by one piece of work at a time. */
export interface Connections {
  /** @throws Unreachable when no session is to be had within two seconds, or none could be opened a moment ago */
  use<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>;
  /** Waits for the work under way. */
  close(): Promise<void>;
}

const longestWaitMs = 2_000;

export function makeConnections(open: () => Connection, most: number): Connections {
  const circuit = makeCircuit();
  const idle: Connection[] = [];
  const waiting: (() => void)[] = [];
  const present = new Set<Connection>();
  let working = 0;
  let whenDone: (() => void) | null = null;

  async function take(): Promise<Connection> {
    const deadline = performance.now() + longestWaitMs;
    while (idle.length === 0 && present.size >= most) await turn(deadline - performance.now());
    const connection = idle.pop() ?? added();
    if (!connection.isLost()) return connection;
    drop(connection);
    return take();
  }

  /** Resolves when somebody has given a session back; there may be others who are quicker to take it. */
  function turn(patienceMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const next = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(next), 1);
        reject(new Unreachable("Every session with the database was busy for two seconds."));
      }, patienceMs);
      waiting.push(next);
    });
  }

  function added(): Connection {
    const connection = open();
    present.add(connection);
    return connection;
  }

  function giveBack(connection: Connection): void {
    circuit.note(connection.wasReached());
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
      circuit.requireClosed();
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
