import { writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { recordExport } from "#server/commands/record-export.ts";
import { findFacilitator, isId } from "#server/membership.ts";
import { fileFormats } from "#server/reports/file-formats.ts";
import { readBundle } from "#server/reports/read-bundle.ts";
import { dictionaryCsv } from "#server/reports/tidy-csv.ts";
import type { Shell } from "./shell.ts";
import { withApplication } from "./with-application.ts";

interface ExportOptions {
  readonly format: string;
  readonly out: string;
  readonly dictionary?: string;
}

export function addExport(concord: Command, shell: Shell): void {
  concord
    .command("export")
    .description("write a panel to a file, as a facilitator of that panel would get it")
    .argument("<panel>", "the panel's id")
    .addOption(
      new Option(
        "--format <format>",
        "json: the verifiable bundle; csv: one row an answer; zip: all, and how to check it",
      )
        .choices([...fileFormats.keys()])
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
    const read = await readBundle(app, facilitator);
    await recordExport(app, panelId, { format: options.format, by: "the operator" });
    return read;
  });
  await save(options.out, (await fileFormats.get(options.format)?.write(bundle)) ?? "");
  if (options.dictionary !== undefined) await save(options.dictionary, dictionaryCsv(bundle));
  shell.out(`Wrote ${options.out}.\n`);
}

async function save(file: string, content: string | Uint8Array): Promise<void> {
  await writeFile(file, content, { mode: 0o600 }).catch((error: unknown) => {
    throw new Error(`${file} could not be written: ${error instanceof Error ? error.message : String(error)}.`);
  });
}
