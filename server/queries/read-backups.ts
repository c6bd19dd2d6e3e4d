import type { User } from "#rubric/member.ts";
import type { Application } from "../application.ts";
import { backupFolder } from "../backups/automatic-backups.ts";
import { readShelf } from "../backups/shelf.ts";
import { requireAdministrator } from "../membership.ts";

/**
 * Of which days (UTC) there are backups that were made by themselves, the newest first; `null` where the database is the
 * customer's own. Administrators only, and one may be a reviewer who still drafts: how many there are, when, how large and
 * with which hash is made of what others write, so only the operator's `doctor` and the folder tell that.
 */
export async function readBackups(app: Pick<Application, "config">, user: User) {
  requireAdministrator(user);
  const folder = backupFolder(app.config);
  if (folder === null) return { backups: null };
  const { kept, failure } = await readShelf(folder);
  return { backups: { days: [...new Set(kept.map(({ at }) => at.slice(0, 10)))], failure } };
}
