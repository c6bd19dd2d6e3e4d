import { type Command, Option } from "commander";
import { type DemonstrationStop, demonstrationStops, loadDemonstration } from "#server/commands/load-demonstration.ts";
import type { Shell } from "./shell.ts";
import { withApplication } from "./with-application.ts";

export function addDemo(concord: Command, shell: Shell): void {
  concord
    .command("demo")
    .description("load the demonstration panel; everything in it is invented and marked so")
    .addOption(new Option("--stop <where>", "how far its story goes").choices(demonstrationStops).default("closed"))
    .action((options) => demo(shell, options));
}

async function demo(shell: Shell, { stop }: { stop: DemonstrationStop }): Promise<void> {
  const address = await withApplication(shell, async (app) => {
    const { panelId } = await loadDemonstration(app, { stop });
    return `${app.publicUrl}/panels/${panelId}`;
  });
  shell.out(`${address}\n`);
}
