import { type DestinationStream, type Logger, pino } from "pino";
import type { Config } from "./config.ts";

/** JSON lines, on standard output if nothing else is said: never texts, scores, cookies, tokens, or the query of an address. */
export function makeLog(level: Config["logLevel"], to: DestinationStream = standardOutput()): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: errorLine } };
  return pino(options, to);
}

/** A request does not wait for its line; what is still waiting is written when the process ends. */
function standardOutput(): DestinationStream {
  return pino.destination({ dest: 1, sync: false });
}

/** An error without its message's data: drivers put parameters and details beside the message. */
function errorLine(error: unknown): unknown {
  if (!(error instanceof Error)) return { name: "unknown" };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  const cause = error.cause instanceof Error ? { cause: errorLine(error.cause) } : {};
  return { name: error.name, ...code, stack: placesOf(error), ...cause };
}

/** Where it happened. The stack's first lines repeat the message, which may hold what a person wrote. */
function placesOf(error: Error): string {
  return (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .join("\n");
}
