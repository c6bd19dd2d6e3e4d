import { DataTable } from "./data-table.tsx";
import { Moment } from "./moment.tsx";
import { Notice } from "./notice.tsx";

interface BackupsProps {
  /** The newest first; `null` where the database is the customer's own. */
  readonly backups: {
    readonly kept: readonly { readonly name: string; readonly at: string; readonly bytes: number }[];
    readonly failure: { readonly at: string; readonly sentence: string } | null;
  } | null;
}

const mostShown = 20;

/** What could be put back after an accident, and whether the last attempt to keep something failed. */
export function Backups({ backups }: BackupsProps) {
  if (backups === null)
    return (
      <p>
        This installation has a PostgreSQL of its own, which whoever runs it backs up; <code>concord backup FILE</code>{" "}
        writes one file at any time.
      </p>
    );
  const { kept, failure } = backups;
  return (
    <>
      {failure === null ? null : (
        <Notice kind="notice">
          The last backup failed, <Moment at={failure.at} />: {failure.sentence}
        </Notice>
      )}
      {kept.length === 0 ? (
        <p>None yet. One is made when the server starts and stops, and every 15 minutes while a round is open.</p>
      ) : (
        <BackupTable kept={kept} />
      )}
    </>
  );
}

function BackupTable({ kept }: Pick<NonNullable<BackupsProps["backups"]>, "kept">) {
  return (
    <>
      <p>All of the last 24 hours and one a day for 30 days are kept in the folder of the database.</p>
      <DataTable caption="Backups, newest first" hidesCaption>
        <thead>
          <tr>
            <th scope="col">State of</th>
            <th scope="col">Size</th>
            <th scope="col">File</th>
          </tr>
        </thead>
        <tbody>
          {kept.slice(0, mostShown).map(({ name, at, bytes }) => (
            <tr key={name}>
              <th scope="row">
                <Moment at={at} />
              </th>
              <td>{sizeWords(bytes)}</td>
              <td>{name}</td>
            </tr>
          ))}
        </tbody>
      </DataTable>
      {kept.length > mostShown ? <p>And {kept.length - mostShown} older ones.</p> : null}
    </>
  );
}

/** In the decimal units of disks. */
function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
