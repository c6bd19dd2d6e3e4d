import { writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import type { Bundle } from "#rubric/bundle.ts";
import { findFacilitator, isId } from "#server/membership.ts";
import { readBundle } from "#server/reports/read-bundle.ts";
import { dictionaryCsv, tidyCsv } from "#server/reports/tidy-csv.ts";
import type { Shell } from "./shell.ts";
import { withApplication } from "./with-application.ts";

interface ExportOptions {
  readonly format: "json" | "csv";
  readonly out: string;
  readonly dictionary?: string;
}

export function addExport(concord: Command, shell: Shell): void {
  concord
    .command("export")
    .description("write a panel to a file, as a facilitator of that panel would get it")
    .argument("<panel>", "the panel's id")
    .addOption(
      new Option("--format <format>", "json: the verifiable bundle; csv: one row an answer")
        .choices(["json", "csv"])
        .makeOptionMandatory(),
    )
    .requiredOption("--out <file>", "the file to write")
    .option("--dictionary <file>", "for csv: also write what each column means")
    .action((panelId, options) => exportPanel(shell, panelId, options));
}

async function exportPanel(shell: Shell, panelId: string, options: ExportOptions): Promise<void> {
  const bundle = await withApplication(shell, async (app) => {
    const facilitator = isId(panelId) ? await findFacilitator(app, panelId) : null;
    if (!facilitator) throw new Error(`No panel ${panelId} with a facilitator was found.`);
    return readBundle(app, facilitator);
  });
  await save(options.out, textOf(bundle, options.format));
  if (options.dictionary !== undefined) await save(options.dictionary, dictionaryCsv(bundle));
  shell.out(`Wrote ${options.out}.\n`);
}

function textOf(bundle: Bundle, format: ExportOptions["format"]): string {
  return format === "csv" ? tidyCsv(bundle) : JSON.stringify(bundle);
}

async function save(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600 }).catch((error: unknown) => {
    throw new Error(`${file} could not be written: ${error instanceof Error ? error.message : String(error)}.`);
  });
}
