import { Argument, type Command } from "commander";
import type { Shell } from "#server/cli/shell.ts";
import { readConfig } from "#server/config.ts";
import { createApplication } from "#server/create-application.ts";
import { type Bench, openArena } from "./arena.ts";
import { benchLive } from "./live.ts";
import { benchMeasures, timingsOutcome } from "./measures.ts";
import { servePart } from "./part.ts";
import { parts } from "./parts.ts";
import { comparisonOutcome, type Outcome } from "./report.ts";
import { benchWrite } from "./write.ts";

/** Each tells its progress and answers what came out. */
const benches: Record<string, (shell: Shell, told: (progress: string) => void) => Promise<Outcome>> = {
  write: (shell, told) => onGround(shell, benchWrite, told),
  live: (shell, told) => onGround(shell, benchLive, told),
  measures: async (_shell, told) => timingsOutcome(benchMeasures(told)),
};

export function addBench(concord: Command, shell: Shell): void {
  const bench = concord
    .command("bench")
    .description(
      "the benchmarks, each beside its raw limit in the same run, as a table and as JSON; about half a minute each",
    )
    .addArgument(new Argument("[name]", "which one; all without it").choices(Object.keys(benches)))
    .option("--json", "only the JSON, one line for each benchmark")
    .action((name: string | undefined, { json = false }: { json?: boolean }) => runBenches(shell, name, json));
  bench
    .command("serve", { hidden: true })
    .addArgument(new Argument("<part>").choices(Object.keys(parts)))
    .action((part: keyof typeof parts) => servePart(parts[part]));
}

async function runBenches(shell: Shell, name: string | undefined, isJsonOnly: boolean): Promise<void> {
  const chosen = Object.entries(benches).filter(([known]) => name === undefined || known === name);
  for (const [known, bench] of chosen) {
    const { table, json } = await bench(shell, (progress) => shell.err(`bench ${known}: ${progress}\n`));
    if (!isJsonOnly) shell.out(`${table}\n`);
    shell.out(`${JSON.stringify(json)}\n`);
  }
}

async function onGround(shell: Shell, bench: Bench, told: (progress: string) => void): Promise<Outcome> {
  const config = { ...readConfig(shell.environment), logLevel: "silent" } as const;
  const arena = await openArena(config);
  try {
    told(`on an ${arena.engine}`);
    const app = createApplication({ config, databaseUrl: arena.databaseUrl });
    return comparisonOutcome(await bench({ app, databaseUrl: arena.databaseUrl, told }).finally(() => app.close()));
  } finally {
    await arena.close();
  }
}
