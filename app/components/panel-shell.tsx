import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { PanelView } from "#rubric/views.ts";
import { progressWords, roundWords } from "./phase-words.ts";
import styles from "./shell.module.css";
import { Shell } from "./shell.tsx";

type PanelPage = "overview" | "score" | "board" | "consensus" | "report" | "manage";

/** What the header says of a panel. */
interface PanelHead
  extends Pick<
    PanelView,
    "panelId" | "title" | "question" | "synthetic" | "role" | "scores" | "memberId" | "round" | "phase" | "progress"
  > {
  readonly protocol: Pick<PanelView["protocol"], "maxRounds">;
  readonly members: readonly { readonly memberId: string; readonly name: string }[];
}

interface PanelShellProps {
  readonly panel: PanelHead;
  readonly current: PanelPage;
  /** The right end of the second line; how many have submitted, unless given. */
  readonly status?: ReactNode;
  readonly children: ReactNode;
}

export function PanelShell({ panel, current, status, children }: PanelShellProps) {
  const who = panel.members.find(({ memberId }) => memberId === panel.memberId)?.name ?? "";
  return (
    <Shell
      who={who}
      about={<About panel={panel} />}
      isDemonstration={panel.synthetic}
      secondLine={<SecondLine {...{ panel, current, status }} />}
    >
      {children}
    </Shell>
  );
}

function About({ panel }: { panel: PanelHead }) {
  return (
    <>
      <span className={styles.title}>
        <bdi>{panel.title}</bdi>
      </span>{" "}
      <span className={styles.question}>
        <bdi>{panel.question}</bdi>
      </span>
    </>
  );
}

function SecondLine({ panel, current, status }: Omit<PanelShellProps, "children">) {
  const end = status ?? (panel.phase === "draft" ? null : progressWords(panel.progress));
  return (
    <>
      <nav aria-label="Panel">
        <ul className={styles.links}>
          {pagesOf(panel).map(({ page, name, path }) => (
            <li key={page}>
              <Link to={`/panels/${panel.panelId}${path}`} aria-current={page === current ? "page" : undefined}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <p className={styles.standing}>
        <span>{roundWords(panel)}</span>
        {end === null ? null : <span className={styles.status}>{end}</span>}
      </p>
    </>
  );
}

function pagesOf(panel: PanelHead): { page: PanelPage; name: string; path: string }[] {
  return [
    { page: "overview" as const, name: "Overview", path: "" },
    ...(panel.scores ? [{ page: "score" as const, name: "Score", path: "/score" }] : []),
    { page: "board", name: "Board", path: "/board" },
    { page: "consensus", name: "Consensus", path: "/consensus" },
    { page: "report", name: "Report", path: "/report" },
    ...(panel.role === "facilitator" ? [{ page: "manage" as const, name: "Manage", path: "/manage" }] : []),
  ];
}
