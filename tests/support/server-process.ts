import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** Everything printed so far. */
  printed(): string;
  /** Sends the signal and answers how the process ended. */
  end(signal?: "SIGTERM" | "SIGINT"): Promise<number | null>;
}

const script = fileURLToPath(new URL("./hold-server.ts", import.meta.url));

/** The server from its sources, with the smallest page; they are translated at each start. */
export const fromSources = ["--import", "tsx", script];

/** Starts the server with these settings, and waits until it says where it is ready. */
export async function startProcess(settings: Record<string, string>, program = fromSources): Promise<ServerProcess> {
  const { child, printed } = spawnServer(settings, program);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", () => {
      const ready = /Concord is ready at (\S+)/.exec(printed())?.[1];
      if (ready && printed().endsWith("\n")) resolve(ready);
    });
    child.once("close", () => reject(new Error(`It ended before it was ready: ${printed()}`)));
  });
  return {
    child,
    url,
    printed,
    async end(signal = "SIGTERM") {
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await once(child, "close");
      return child.exitCode;
    },
  };
}

/** Starts the server with settings it cannot use, and answers how it ends and what it says. */
export async function failToStart(settings: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const { child, printed } = spawnServer(settings);
  await once(child, "close");
  return { code: child.exitCode, said: printed() };
}

/** Starts the server and waits for nothing. */
export function spawnServer(
  settings: Record<string, string>,
  program = fromSources,
): { child: ChildProcess; printed: () => string } {
  const env = { PATH: process.env.PATH, NODE_ENV: "production" as const, WRITES_PER_SECOND: "1000000", ...settings };
  const child = spawn(process.execPath, program, { env, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  return { child, printed: () => text };
}
