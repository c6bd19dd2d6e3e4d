import { cut } from "./cut.ts";
import type { LiveSocket } from "./live-socket.ts";

/** Whether a socket takes something now, or still has earlier frames to get rid of. */
export function isWritable(socket: LiveSocket): boolean {
  return socket.conn.transport.writable;
}

/**
 * Waits, once for each socket, until it takes something again; cuts it off when that takes too long. Nothing is called
 * for a socket that closes instead.
 */
export function makeWaitingRoom(mostMs: number): (socket: LiveSocket, then: () => void) => void {
  const waiting = new WeakSet<LiveSocket>();
  return (socket, then) => {
    if (waiting.has(socket)) return;
    waiting.add(socket);
    const { conn } = socket;
    const { transport } = conn;
    const giveUp = setTimeout(() => cut(conn), mostMs);
    function settle(): void {
      clearTimeout(giveUp);
      waiting.delete(socket);
      transport.off("ready", goOn);
      conn.off("close", settle);
    }
    function goOn(): void {
      settle();
      then();
    }
    transport.on("ready", goOn);
    conn.on("close", settle);
  };
}
