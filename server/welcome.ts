import type { Application } from "./application.ts";
import { completeDemonstration } from "./commands/complete-demonstration.ts";
import { ensureSetupToken } from "./commands/ensure-setup-token.ts";
import { readInstallation } from "./queries/read-installation.ts";

/** Prepares an empty database for its first visitors, and tells whoever started the server how to get in. */
export async function welcome(app: Application): Promise<void> {
  if (wantsDemonstration(app)) await completeDemonstration(app);
  const setupToken = await ensureSetupToken(app);
  const { demonstrationPeople } = await readInstallation(app);
  process.stdout.write(`${greeting({ app, demonstrationPeople, setupToken }).join("\n")}\n`);
}

interface WayIn {
  readonly app: Application;
  readonly demonstrationPeople: readonly { readonly name: string; readonly role: string }[];
  readonly setupToken: string | null;
}

function greeting({ app, demonstrationPeople, setupToken }: WayIn): string[] {
  const people = demonstrationPeople.map(({ name, role }) => `  ${name}, ${role}`);
  const setUp = `First administrator, this link works once: ${app.publicUrl}/set-up?token=${setupToken}`;
  return [
    `Concord is ready at ${app.publicUrl}`,
    ...(people.length > 0 ? ["Demonstration, one click each on the sign-in page:", ...people] : []),
    ...(setupToken === null ? [] : [setUp]),
  ];
}

function wantsDemonstration({ config }: Application): boolean {
  return config.demo ?? config.setupToken === null;
}
