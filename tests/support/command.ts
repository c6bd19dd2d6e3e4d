import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { run } from "#server/cli/run.ts";

const entry = fileURLToPath(new URL("../../server/cli/main.ts", import.meta.url));

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command of the command line in this process. */
export async function runCommand(
  words: readonly string[],
  environment?: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const said = { stdout: "", stderr: "" };
  const code = await run(words, {
    out: (text) => {
      said.stdout += text;
    },
    err: (text) => {
      said.stderr += text;
    },
    ...(environment ? { environment } : {}),
  });
  return { code, ...said };
}

/** Begins one command as a process of its own. */
export function spawnCommand(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): { child: ChildProcess; printed: () => string } {
  const env = { NODE_ENV: "production" as const, PATH: process.env.PATH, ...environment };
  const child = spawn(process.execPath, ["--import", "tsx", entry, ...words], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  return { child, printed: () => text };
}
