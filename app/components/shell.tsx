import { Link, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { useBeat } from "#app/hooks/use-beat.ts";
import { Button } from "./button.tsx";
import { InPageLink } from "./in-page-link.tsx";
import styles from "./shell.module.css";

interface ShellProps {
  /** The signed-in person's name; absent for visitors. */
  readonly who?: string | undefined;
  /** Beside the wordmark: the panel's title and question. */
  readonly about?: ReactNode;
  /** The second header line. */
  readonly secondLine?: ReactNode;
  readonly isDemonstration?: boolean;
  /** Administrators get a way to their page. */
  readonly isAdministrator?: boolean;
  readonly children: ReactNode;
}

/** What every page has around it: skip link, header, the page itself. */
export function Shell({
  who,
  about,
  secondLine,
  isDemonstration = false,
  isAdministrator = false,
  children,
}: ShellProps) {
  const isBusy = useNavigation().state !== "idle";
  useBeat(who !== undefined);
  return (
    <>
      <InPageLink href="#main" className={styles.skip}>
        Skip to the page
      </InPageLink>
      <header className={styles.header}>
        <div className={styles.first}>
          <Link to={who === undefined ? "/sign-in" : "/panels"} className={styles.wordmark}>
            Concord
          </Link>
          {about ? <div className={styles.about}>{about}</div> : null}
          {isDemonstration ? <span className={styles.badge}>Demonstration</span> : null}
          {who === undefined ? null : <Who name={who} isAdministrator={isAdministrator} />}
        </div>
        {secondLine ? <div className={styles.second}>{secondLine}</div> : null}
      </header>
      <div className={isBusy ? styles.busy : styles.idle} />
      <main id="main" tabIndex={-1} className={styles.main} aria-busy={isBusy}>
        {children}
      </main>
      {isDemonstration ? <footer className={styles.footer}>Demonstration: invented data.</footer> : null}
    </>
  );
}

function Who({ name, isAdministrator }: { name: string; isAdministrator: boolean }) {
  return (
    <div className={styles.who}>
      {isAdministrator ? <Link to="/admin">Administration</Link> : null}
      <Link to="/profile">
        <bdi>{name}</bdi>
      </Link>
      <form method="post" action="/sign-out">
        <Button look="plain">Sign out</Button>
      </form>
    </div>
  );
}
