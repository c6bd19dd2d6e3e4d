import type { ReactNode } from "react";
import type { Connection } from "#app/hooks/use-panel-events.ts";
import { clockWords } from "./clock.ts";
import styles from "./connection-state.module.css";

/** How this page hears of changes: a sign and words. */
export function ConnectionState({ connection }: { connection: Connection }) {
  return (
    <span className={styles.state} data-state={connection.kind}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false">
        {signs[connection.kind]}
      </svg>
      <span>{wordsOf(connection)}</span>
    </span>
  );
}

function wordsOf(connection: Connection): string {
  switch (connection.kind) {
    case "connecting":
      return "Connecting";
    case "live":
      return "Live";
    case "paused":
      return `Paused since ${clockWords(connection.since)} UTC`;
    case "reconnecting":
      return "Reconnecting";
    case "polling":
      return "Updates every 5 seconds";
    case "offline":
      return `Offline since ${clockWords(connection.since)} UTC`;
  }
}

const ring = <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.6 2" />;

const signs: Readonly<Record<Connection["kind"], ReactNode>> = {
  connecting: ring,
  live: <circle cx="7" cy="7" r="5" fill="currentColor" />,
  paused: <path d="M4 2v10M10 2v10" stroke="currentColor" strokeWidth="2.6" />,
  reconnecting: ring,
  polling: (
    <>
      <circle cx="7" cy="7" r="5.6" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M7 3.6V7l2.4 1.6" fill="none" stroke="currentColor" strokeWidth="1.4" />
    </>
  ),
  offline: <path d="M2.5 2.5l9 9M11.5 2.5l-9 9" stroke="currentColor" strokeWidth="2" />,
};
