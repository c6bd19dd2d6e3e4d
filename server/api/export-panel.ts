import type { Member } from "#rubric/member.ts";
import type { Application } from "#server/application.ts";
import { recordExport } from "#server/commands/record-export.ts";
import { invalid, notFound } from "#server/refusal.ts";
import { fileFormats } from "#server/reports/file-formats.ts";
import { readBundle } from "#server/reports/read-bundle.ts";
import { Attachment } from "./attachment.ts";

/**
 * The panel as a file, as this member may see it. That one was made is logged before it leaves.
 * @throws Refusal 404 for a format that does not exist
 */
export async function exportPanel(app: Application, member: Member, format: string | null): Promise<Attachment> {
  if (format === null)
    throw invalid("Say which format.", [
      { path: "format", message: `Choose one of ${[...fileFormats.keys()].join(", ")}.` },
    ]);
  const found = fileFormats.get(format);
  if (found === undefined) throw notFound();
  const bundle = await readBundle(app, member);
  const body = await found.write(bundle);
  await recordExport(app, member.panelId, { format, by: "a member" });
  return new Attachment({ fileName: `${fileStem(bundle.panel.title)}.${format}`, mediaType: found.mediaType, body });
}

/** A panel's title as a file may be called on every system. */
function fileStem(title: string): string {
  const safe = title
    .replaceAll(/[\\/:*?"<>|]+/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  return safe.slice(0, 80).replace(/[. ]+$/, "") || "panel";
}
