import { findExport, readNow } from "#db/audit.ts";
import { lockPanel } from "#db/panels.ts";
import type { AuditLine } from "#rubric/event.ts";
import type { Application } from "../application.ts";
import { recordEvent, sealEvents } from "../audit.ts";

const quietMs = 10 * 60 * 1000;

/**
 * Logs that a file was made, in the chain that every member reads: the format, and not who, since that would show who is at
 * work. Further files in the same format within ten minutes add nothing, so that no link can fill the chain.
 */
export async function recordExport(
  app: Application,
  panelId: string,
  { format, by }: { format: string; by: "a member" | "the operator" },
): Promise<void> {
  await app.database.write(async (db) => {
    await lockPanel(db, panelId);
    const [last, now] = await Promise.all([findExport(db, panelId, format), readNow(db)]);
    if (last !== null && Date.parse(now) - Date.parse(timeOf(last)) < quietMs) return;
    await recordEvent(db, { panelId, by, at: now }, { act: "exported", format });
    await sealEvents(db, panelId);
  });
}

function timeOf(text: string): string {
  const line: AuditLine = JSON.parse(text);
  return line.at;
}
