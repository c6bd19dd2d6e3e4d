import { Link } from "@remix-run/react";
import { cellKey, labelOf } from "#rubric/rubric.ts";
import { countsLine, type OwnAnswer, stripSentence } from "#rubric/sentences.ts";
import type { BoardCell, PanelView } from "#rubric/views.ts";
import styles from "./board-list.module.css";
import { boardPath } from "./cell-path.ts";
import { DotStrip } from "./dot-strip.tsx";
import { Outcome } from "./outcome.tsx";
import { RulePanel } from "./rule-panel.tsx";

interface BoardListProps {
  readonly panel: Pick<PanelView, "panelId" | "rubric" | "policies">;
  readonly cells: readonly BoardCell[];
  readonly own: ReadonlyMap<string, OwnAnswer>;
  readonly isSoFar: boolean;
  readonly changed: ReadonlySet<string>;
  readonly hasEarlier: boolean;
  readonly expected: number;
}

/** The cells one under the other, each with its strip and outcome, in rows that never change their height. */
export function BoardList({ cells, ...rest }: BoardListProps) {
  return (
    <ol className={styles.list}>
      {cells.map((cell) => (
        <BoardRow key={cellKey(cell)} cell={cell} {...rest} />
      ))}
    </ol>
  );
}

function BoardRow({
  cell,
  panel,
  own,
  isSoFar,
  changed,
  hasEarlier,
  expected,
}: Omit<BoardListProps, "cells"> & { cell: BoardCell }) {
  const key = cellKey(cell);
  const criterion = panel.rubric.criteria.find((one) => one.id === cell.criterionId);
  const policy = panel.policies.find((one) => one.id === cell.policyId);
  if (!criterion || !policy) return null;
  const { scale } = panel.rubric;
  const frame = { criterion, scale, isSoFar };
  const mine = own.get(key) ?? null;
  return (
    <li className={styles.row} data-changed={changed.has(key) ? "" : undefined}>
      <div className={styles.cell}>
        <span className={styles.key}>{key}</span>
        <div>
          <Link discover="none" to={boardPath(panel, cell)}>
            <bdi>{labelOf(criterion)}</bdi>
          </Link>
          <p className={styles.policy}>
            <bdi>{policy.title}</bdi>
          </p>
        </div>
      </div>
      <DotStrip
        cell={cell}
        scale={scale}
        expected={expected}
        own={mine}
        hasEarlier={hasEarlier}
        sentence={stripSentence(cell, frame, mine)}
      />
      <div className={styles.outcome}>
        <Outcome cell={cell} frame={frame} />
        <p>{countsLine(cell, scale)}</p>
        <details>
          <summary aria-label={`Rule for ${key}`}>Rule</summary>
          <RulePanel cell={cell} scale={scale} />
        </details>
      </div>
    </li>
  );
}
