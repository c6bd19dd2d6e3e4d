import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { z } from "zod";

/** One of the servers that are compared, in a process of its own. */
export interface Part {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves until the process ends; answers the address. */
export type Serve = (databaseUrl: string) => Promise<string>;

const order = z.strictObject({ databaseUrl: z.string() });
const ready = z.strictObject({ url: z.url() });

/** Starts this same program again as one of the servers. The database's address, a secret, goes by message. */
export async function startPart(name: string, databaseUrl: string): Promise<Part> {
  const [, program] = process.argv;
  if (program === undefined) throw new Error("The benchmark cannot find its own program.");
  // Its log is written as in production, and thrown away.
  const child = fork(program, ["bench", "serve", name], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  child.send({ databaseUrl });
  const [message] = await Promise.race([once(child, "message"), failed(child, name)]);
  return {
    url: ready.parse(message).url,
    async stop() {
      if (child.exitCode !== null) return;
      child.disconnect();
      await once(child, "exit");
    },
  };
}

async function failed(child: ChildProcess, name: string): Promise<never> {
  await once(child, "exit");
  throw new Error(`The benchmark's server ${name} ended before it was ready.`);
}

/** The other side: serves what the parent asks for, for as long as the parent lives. */
export async function servePart(serve: Serve): Promise<void> {
  const [message] = await once(process, "message");
  process.once("disconnect", () => process.exit(0));
  process.send?.({ url: await serve(order.parse(message).databaseUrl) });
}
