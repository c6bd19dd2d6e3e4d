import { hasUsers } from "#db/users.ts";
import type { Application } from "./application.ts";
import { ensureSetupToken } from "./commands/ensure-setup-token.ts";
import { loadDemonstration } from "./commands/load-demonstration.ts";
import { readInstallation } from "./queries/read-installation.ts";

/** Prepares an empty database for its first visitors, and tells whoever started the server how to get in. */
export async function welcome(app: Application): Promise<void> {
  if (wantsDemonstration(app) && !(await hasUsers(app.database.pool))) {
    await loadDemonstration(app, { stop: "closed" });
    await loadDemonstration(app, { stop: "scoring" });
  }
  const setupToken = await ensureSetupToken(app);
  const { demonstrationPeople } = await readInstallation(app);
  say(`Concord is ready at ${app.publicUrl}`);
  if (demonstrationPeople.length > 0) {
    say("Demonstration, one click each on the sign-in page:");
    for (const { name, role } of demonstrationPeople) say(`  ${name}, ${role}`);
  }
  if (setupToken !== null)
    say(`First administrator, this link works once: ${app.publicUrl}/set-up?token=${setupToken}`);
}

function wantsDemonstration({ config }: Application): boolean {
  return config.demo ?? config.setupToken === null;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
