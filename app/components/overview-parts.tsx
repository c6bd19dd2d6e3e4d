import type { ReviewState } from "#rubric/round.ts";
import type { PanelView } from "#rubric/views.ts";
import { DataTable } from "./data-table.tsx";
import { Moment } from "./moment.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import { parameterRows, presetTitle } from "./protocol-words.ts";
import { sightRows, watchSentences } from "./sight-words.ts";

/** The rounds so far, in words. */
export function RoundList({ panel }: { panel: Pick<PanelView, "rounds" | "phase" | "round" | "progress"> }) {
  if (panel.rounds.length === 0) return <p>Round 1 has not opened. Until then the set-up may still change.</p>;
  return (
    <ol>
      {panel.rounds.map((round) => (
        <li key={round.round}>
          Round {round.round} opened <Moment at={round.openedAt} />
          {round.revealedAt === null ? null : (
            <>
              , was revealed <Moment at={round.revealedAt} />
            </>
          )}
          {round.closedAt === null ? null : (
            <>
              , closed <Moment at={round.closedAt} />
            </>
          )}
          . {round.round === panel.round ? <ProgressBar progress={panel.progress} /> : null}
        </li>
      ))}
    </ol>
  );
}

/** Who reads what reviewers write, until the reveal has made it plain to all. */
export function WatchList({ panel }: { panel: Pick<PanelView, "phase" | "protocol"> }) {
  if (panel.phase === "discussion" || panel.phase === "closed") return null;
  return (
    <ul>
      {watchSentences(panel.protocol).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

interface SightTableProps {
  readonly panel: Pick<PanelView, "role" | "phase" | "round" | "protocol">;
  /** This person's own state in the round. */
  readonly review: ReviewState | null;
}

/** What this person sees of others: now and, until it has come, after the reveal. */
export function SightTable({ panel, review }: SightTableProps) {
  const isRevealed = panel.phase === "discussion" || panel.phase === "closed";
  return (
    <DataTable
      caption={isRevealed ? "What you see of others" : "What you see of others, now and after the reveal"}
      hidesCaption
    >
      <thead>
        <tr>
          <th scope="col">Of others</th>
          <th scope="col">You see now</th>
          {isRevealed ? null : <th scope="col">You see after the reveal</th>}
        </tr>
      </thead>
      <tbody>
        {sightRows({ role: panel.role, review }, panel).map(({ thing, now, afterReveal }) => (
          <tr key={thing}>
            <th scope="row">{thing}</th>
            <td>{now}</td>
            {isRevealed ? null : <td>{afterReveal}</td>}
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

/** The protocol, parameter by parameter, with what departs from its preset marked. */
export function ProtocolTable({ panel }: { panel: Pick<PanelView, "protocol" | "phase"> }) {
  const frozen = panel.phase === "draft" ? "can change until round 1 opens" : "fixed since round 1 opened";
  return (
    <DataTable caption={`${presetTitle(panel.protocol)}, ${frozen}`}>
      <thead>
        <tr>
          <th scope="col">Parameter</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody>
        {parameterRows(panel.protocol).map(({ name, value, isOverride }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>
              {value}
              {isOverride ? " (changed from the preset)" : ""}
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

export function MemberTable({ panel }: { panel: Pick<PanelView, "members"> }) {
  const hasCodes = panel.members.some((member) => member.code !== undefined);
  return (
    <DataTable caption="Members of this panel" hidesCaption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Role</th>
          <th scope="col">Group</th>
          {hasCodes ? <th scope="col">Code</th> : null}
        </tr>
      </thead>
      <tbody>
        {panel.members.map((member) => (
          <tr key={member.memberId}>
            <th scope="row">
              <bdi>{member.name}</bdi>
            </th>
            <td>{member.role}</td>
            <td>{member.group ?? "none"}</td>
            {hasCodes ? <td>{member.code ?? "none"}</td> : null}
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
