import { readChain } from "#db/audit.ts";
import type { Member } from "#rubric/member.ts";
import { showAudit } from "#rubric/view.ts";
import type { AuditView, Shown } from "#rubric/views.ts";
import type { Application } from "../application.ts";

/** The sealed audit chain: it holds only what every member may see. */
export async function readAudit(app: Application, member: Member): Promise<Shown<AuditView>> {
  return showAudit(await app.database.read((db) => readChain(db, member.panelId)));
}
