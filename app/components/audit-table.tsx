import { auditSentence } from "#rubric/audit-words.ts";
import type { AuditView, MemberView } from "#rubric/views.ts";
import { DataTable } from "./data-table.tsx";
import { Moment } from "./moment.tsx";

/** The log, newest first: when, who, what. Its hashes are in the bundle. */
export function AuditTable({ audit, members }: { audit: AuditView; members: readonly MemberView[] }) {
  const names = new Map(members.map((member) => [member.memberId, member.name]));
  const rows = [...audit.entries].reverse().map((entry) => ({ seq: entry.seq, ...auditSentence(entry.line, names) }));
  return (
    <DataTable caption="Log, newest first" hidesCaption>
      <thead>
        <tr>
          <th scope="col">No.</th>
          <th scope="col">Time</th>
          <th scope="col">By</th>
          <th scope="col">What</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.seq}>
            <td>{row.seq}</td>
            <td>
              <Moment at={row.at} />
            </td>
            <td>
              <bdi>{row.by}</bdi>
            </td>
            <td>{row.sentence}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
