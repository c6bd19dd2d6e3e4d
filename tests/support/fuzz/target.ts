import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const script = fileURLToPath(new URL("./hold-target.ts", import.meta.url));
const ready = z.object({ url: z.string() });
const figuresSchema = z.object({
  requests: z.int(),
  /** Rejections nobody handled, exceptions nobody caught, warnings of Node; each told once. */
  faults: z.array(z.string()),
  /** Since it was asked last, as the longest block of the event loop. */
  slowest: z.object({ what: z.string(), cpuMs: z.number() }),
  longestBlockMs: z.number(),
  heapUsed: z.number(),
  rss: z.number(),
});

export type Figures = z.infer<typeof figuresSchema>;

export interface Target {
  readonly url: string;
  /** What the server has printed: its log of errors. */
  printed(): string;
  hasEnded(): boolean;
  /** `tidy`: memory nobody needs any more is given back first, which takes a moment. */
  figures(wish: { readonly tidy: boolean }): Promise<Figures>;
  stop(): Promise<void>;
}

/** The whole product over this database, as a process of its own. */
export async function startTarget(databaseUrl: string): Promise<Target> {
  const child = fork(script, {
    execArgv: ["--import", "tsx", "--expose-gc"],
    env: { PATH: process.env.PATH, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      text = (text + chunk).slice(-200_000);
    });
  }
  const { url } = ready.parse(await answerOf(child, { databaseUrl }, () => text));
  return {
    url,
    printed: () => text,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    figures: async (wish) => figuresSchema.parse(await answerOf(child, wish, () => text)),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "close");
    },
  };
}

function answerOf(child: ChildProcess, message: object, printed: () => string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const end = (code: number | null) => reject(new Error(`The server ended with ${code}: ${printed()}`));
    child.once("exit", end);
    child.once("message", (answer) => {
      child.off("exit", end);
      resolve(answer);
    });
    child.send(message);
  });
}
