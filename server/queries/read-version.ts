import { findPanel } from "#db/panels.ts";
import type { Member } from "#rubric/member.ts";
import type { Application } from "../application.ts";
import { notFound } from "../refusal.ts";

/** The number the live channel announces, for clients without it. */
export async function readVersion(app: Application, member: Member): Promise<{ version: number }> {
  const panel = await findPanel(app.database.pool, member.panelId);
  if (!panel) throw notFound();
  return { version: panel.version };
}
