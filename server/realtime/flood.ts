import { makeAllowance } from "./allowance.ts";
import { cut } from "./cut.ts";
import type { LiveServer } from "./live-socket.ts";

const messages = { most: 30, withinMs: 10_000 };

/**
 * Ends connections that send binary frames or far more messages than any page does. It stands before everything that
 * costs: parsing, asking who somebody is, answering.
 */
export function guardAgainstFloods(io: LiveServer): void {
  io.engine.on("connection", (connection) => {
    const mayGoOn = makeAllowance(messages);
    connection.on("data", (message: unknown) => {
      if (typeof message !== "string" || !mayGoOn()) cut(connection);
    });
  });
}
