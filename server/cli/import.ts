import type { Command } from "commander";
import { email as emailSchema } from "#rubric/text.ts";
import { BrokenBundle, importBundle } from "#server/commands/import-bundle.ts";
import { readBundleFile } from "./read-bundle-file.ts";
import { CheckedFalse, type Shell } from "./shell.ts";
import { withApplication } from "./with-application.ts";

export function addImport(concord: Command, shell: Shell): void {
  concord
    .command("import")
    .description(
      "make the panel of a bundle anew on this installation, with the same ids, times, lines and hashes; exit 1 if the bundle does not hold",
    )
    .argument("<bundle>", "a file made by `export --format json` or `export --format zip`")
    .requiredOption("--facilitator <email>", "the address of whoever takes the facilitator's seat here")
    .action((file, options) => importFile(shell, file, options.facilitator));
}

async function importFile(shell: Shell, file: string, facilitator: string): Promise<void> {
  const bundle = await readBundleFile(file);
  const email = emailOf(facilitator);
  const { imported, address } = await withApplication(shell, async (app) => ({
    imported: await importBundle(app, bundle, email),
    address: app.publicUrl,
  })).catch((error: unknown) => {
    throw error instanceof BrokenBundle
      ? new CheckedFalse(`${file} does not hold, so nothing was imported: ${error.message}.`)
      : error;
  });
  const { panelId, title, members, newAccounts } = imported;
  shell.out(`Imported "${title}" with ${members} members: ${address}/panels/${panelId}\n`);
  shell.out(`${email} has the seat of ${imported.facilitator}.\n`);
  if (newAccounts.length > 0)
    shell.out(
      `These have an account now, which opens when an administrator sets its password: ${newAccounts.join(", ")}.\n`,
    );
  shell.out(
    "A bundle holds no passwords, second steps, sessions, drafts, receipts or open invitations, so none came along.\n",
  );
}

function emailOf(text: string): string {
  const parsed = emailSchema.safeParse(text);
  if (!parsed.success) throw new Error(`${text} is no e-mail address.`);
  return parsed.data;
}
