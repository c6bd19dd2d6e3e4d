import { run } from "#server/cli/run.ts";

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
