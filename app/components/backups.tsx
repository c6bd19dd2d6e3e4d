import { Moment } from "./moment.tsx";
import { Notice } from "./notice.tsx";

interface BackupsProps {
  /** Days in ISO form, the newest first; `null` where the database is the customer's own. */
  readonly backups: {
    readonly days: readonly string[];
    readonly failure: { readonly at: string; readonly sentence: string } | null;
  } | null;
}

/** Whether there is something to put back after an accident, and whether the last attempt to keep something failed. */
export function Backups({ backups }: BackupsProps) {
  if (backups === null)
    return (
      <p>
        This installation has a PostgreSQL of its own, which whoever runs it backs up; <code>concord backup FILE</code>{" "}
        writes one file at any time.
      </p>
    );
  const { days, failure } = backups;
  const [newest] = days;
  return (
    <>
      {failure === null ? null : (
        <Notice kind="notice">
          The last backup failed, <Moment at={failure.at} />: {failure.sentence}
        </Notice>
      )}
      {newest === undefined ? (
        <p>None yet. One is made when the server starts and stops, and every 15 minutes while a round is open.</p>
      ) : (
        <p>
          There are backups of {days.length === 1 ? "one day" : `${days.length} days`}, the newest of{" "}
          <time dateTime={newest}>{newest}</time>. On the server <code>concord doctor</code> says where they are.
        </p>
      )}
    </>
  );
}
