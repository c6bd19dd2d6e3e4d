import type { User } from "#rubric/member.ts";
import type { Application } from "../application.ts";
import { backupFolder } from "../backups/automatic-backups.ts";
import { readShelf } from "../backups/shelf.ts";
import { requireAdministrator } from "../membership.ts";

/** The backups that were made by themselves; `null` where the database is the customer's own. Administrators only. */
export async function readBackups(app: Pick<Application, "config">, user: User) {
  requireAdministrator(user);
  const folder = backupFolder(app.config);
  if (folder === null) return { backups: null };
  const { kept, failure } = await readShelf(folder);
  return { backups: { kept: kept.map(({ name, at, bytes }) => ({ name, at, bytes })), failure } };
}
