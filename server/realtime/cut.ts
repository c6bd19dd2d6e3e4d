import type { LiveSocket } from "./live-socket.ts";

/** Ends a connection without waiting for the other side, which may be the very trouble. */
export function cut(connection: LiveSocket["conn"]): void {
  connection.close(true);
  connection.request.socket.destroy();
}
