import { readChain } from "#db/audit.ts";
import type { Member } from "#rubric/member.ts";
import { showAuditPage } from "#rubric/view.ts";
import type { AuditPageView, Shown } from "#rubric/views.ts";
import type { Application } from "../application.ts";

/** The sealed audit chain with its checkpoints: it holds only what every member may see. */
export async function readAudit(app: Application, member: Member): Promise<Shown<AuditPageView>> {
  return showAuditPage(member.panelId, await app.database.read((db) => readChain(db, member.panelId)));
}
