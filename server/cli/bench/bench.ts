import { Argument, type Command } from "commander";
import type { Shell } from "#server/cli/shell.ts";
import { readConfig } from "#server/config.ts";
import { createApplication } from "#server/create-application.ts";
import { type Bench, openArena } from "./arena.ts";
import { benchLive } from "./live.ts";
import { benchMeasures, timingsTable } from "./measures.ts";
import { servePart } from "./part.ts";
import { parts } from "./parts.ts";
import { type Comparison, report } from "./report.ts";
import { benchWrite } from "./write.ts";

const benches: Record<string, Bench> = { write: benchWrite, live: benchLive };

export function addBench(concord: Command, shell: Shell): void {
  const bench = concord
    .command("bench")
    .description(
      "the benchmarks, each beside its raw limit in the same run, as a table and as JSON; about half a minute each",
    )
    .addArgument(new Argument("[name]", "which one; all without it").choices([...Object.keys(benches), "measures"]))
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
    const told = (progress: string) => shell.err(`bench ${known}: ${progress}\n`);
    report(shell, await onGround(shell, bench, told), { isJsonOnly });
  }
  if (name === undefined || name === "measures") {
    const timings = benchMeasures((progress) => shell.err(`bench measures: ${progress}\n`));
    if (!isJsonOnly) shell.out(`${timingsTable(timings)}\n`);
    shell.out(`${JSON.stringify({ bench: "measures", timings })}\n`);
  }
}

async function onGround(shell: Shell, bench: Bench, told: (progress: string) => void): Promise<Comparison> {
  const config = { ...readConfig(shell.environment), logLevel: "silent" } as const;
  const arena = await openArena(config);
  try {
    told(`on an ${arena.engine}`);
    const app = createApplication({ config, databaseUrl: arena.databaseUrl });
    return await bench({ app, databaseUrl: arena.databaseUrl, told }).finally(() => app.close());
  } finally {
    await arena.close();
  }
}
