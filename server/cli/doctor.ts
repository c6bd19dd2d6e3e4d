import type { Command } from "commander";
import { readConfig } from "#server/config.ts";
import { examine, type Finding } from "./examine.ts";
import { CheckedFalse, type Shell } from "./shell.ts";

export function addDoctor(concord: Command, shell: Shell): void {
  concord
    .command("doctor")
    .description("check this installation without changing it; exit 1 if something keeps it from working")
    .action(() => doctor(shell));
}

async function doctor(shell: Shell): Promise<void> {
  const findings = await examine(readConfig(shell.environment));
  for (const one of findings) shell.out(lineOf(one));
  const faults = findings.filter(({ state }) => state === "fault").length;
  if (faults > 0)
    throw new CheckedFalse(
      faults === 1 ? "1 thing keeps Concord from working here." : `${faults} things keep Concord from working here.`,
    );
}

function lineOf({ state, name, detail }: Finding): string {
  return `${state.padEnd(7)}  ${name}: ${detail}\n`;
}
