import type { Member } from "#rubric/member.ts";
import type { Application } from "#server/application.ts";
import { invalid, notFound } from "#server/refusal.ts";
import { readBundle } from "#server/reports/read-bundle.ts";
import { tidyCsv } from "#server/reports/tidy-csv.ts";
import { Attachment } from "./attachment.ts";

/**
 * The panel as a file, as this member may see it.
 * @throws Refusal 404 for a format that does not exist
 */
export async function exportPanel(app: Application, member: Member, format: string | null): Promise<Attachment> {
  if (format === null) throw invalid("Say which format.", [{ path: "format", message: "Choose json or csv." }]);
  const write = writers.get(format);
  if (write === undefined) throw notFound();
  const bundle = await readBundle(app, member);
  const fileName = `${fileStem(bundle.panel.title)}.${format}`;
  return new Attachment({ fileName, ...write(bundle) });
}

type Writer = (bundle: Awaited<ReturnType<typeof readBundle>>) => { mediaType: string; body: string };

const writers: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ["json", (bundle) => ({ mediaType: "application/json; charset=utf-8", body: JSON.stringify(bundle) })],
  ["csv", (bundle) => ({ mediaType: "text/csv; charset=utf-8; header=present", body: tidyCsv(bundle) })],
]);

/** A panel's title as a file may be called on every system. */
function fileStem(title: string): string {
  const safe = title
    .replaceAll(/[\\/:*?"<>|]+/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  return safe.slice(0, 80).replace(/[. ]+$/, "") || "panel";
}
