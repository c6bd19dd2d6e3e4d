import { Link } from "@remix-run/react";
import type { PanelListEntry } from "#rubric/views.ts";
import { nextActionIn } from "./next-action.ts";
import styles from "./panel-table.module.css";
import { phaseWord } from "./phase-words.ts";
import { ProgressBar } from "./progress-bar.tsx";

/** The panels of one person, each with what to do next. On a narrow screen the rows become blocks. */
export function PanelTable({ panels }: { panels: readonly PanelListEntry[] }) {
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>Those that wait for you come first.</caption>
      <thead>
        <tr>
          <th scope="col">Panel and question</th>
          <th scope="col">Next for you</th>
          <th scope="col">Where it stands</th>
          <th scope="col">Progress</th>
        </tr>
      </thead>
      <tbody>
        {panels.map((panel) => (
          <PanelRow key={panel.panelId} panel={panel} />
        ))}
      </tbody>
    </table>
  );
}

function PanelRow({ panel }: { panel: PanelListEntry }) {
  const next = nextActionIn(panel);
  return (
    <tr>
      <th scope="row">
        <Link to={`/panels/${panel.panelId}`}>
          <bdi>{panel.title}</bdi>
        </Link>
        <p className={styles.question}>
          <bdi>{panel.question}</bdi>
        </p>
        {panel.synthetic ? <p className={styles.note}>Demonstration: invented data</p> : null}
      </th>
      <td data-label="Next for you" className={next.isOwed ? styles.owed : undefined}>
        <Link to={next.path}>{next.words}</Link>
      </td>
      <td data-label="Where it stands">
        {panel.round === null ? "" : `Round ${panel.round}, `}
        {panel.round === null ? phaseWord(panel.phase) : phaseWord(panel.phase).toLowerCase()}
        <p className={styles.note}>
          You are {panel.role === "observer" ? "an" : "a"} {panel.role}
        </p>
      </td>
      <td data-label="Progress">
        {panel.phase === "draft" ? "Not opened yet" : <ProgressBar progress={panel.progress} />}
      </td>
    </tr>
  );
}
