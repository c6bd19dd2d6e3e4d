import { Link } from "@remix-run/react";
import { useEffect, useRef } from "react";
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
  /** Cells that an update has changed since the reader saw them, by `cellKey`. */
  readonly changed: ReadonlySet<string>;
  readonly onSeen: (key: string) => void;
  readonly hasEarlier: boolean;
  readonly expected: number;
}

type BoardRowProps = Omit<BoardListProps, "cells"> & { readonly cell: BoardCell };

/** The cells one under the other, each with its strip and outcome, in rows that never change their height. */
export function BoardList({ cells, ...rest }: BoardListProps) {
  return (
    <>
      <div className={styles.head} aria-hidden="true">
        <span>Cell</span>
        <span>Scores</span>
        <span>Outcome{rest.isSoFar ? " so far" : ""}</span>
      </div>
      <ol className={styles.list}>
        {cells.map((cell) => (
          <BoardRow key={cellKey(cell)} cell={cell} {...rest} />
        ))}
      </ol>
    </>
  );
}

function BoardRow({ cell, panel, own, isSoFar, changed, onSeen, hasEarlier, expected }: BoardRowProps) {
  const key = cellKey(cell);
  const isChanged = changed.has(key);
  const row = useSeen(isChanged, () => onSeen(key));
  const criterion = panel.rubric.criteria.find((one) => one.id === cell.criterionId);
  const policy = panel.policies.find((one) => one.id === cell.policyId);
  if (!criterion || !policy) return null;
  const { scale } = panel.rubric;
  const frame = { criterion, scale, isSoFar };
  const mine = own.get(key) ?? null;
  return (
    <li ref={row} className={styles.row} data-changed={isChanged ? "" : undefined}>
      <div className={styles.cell}>
        <span className={styles.key}>{key}</span>
        <div>
          <Link to={boardPath(panel, cell)} discover="none">
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

const glanceMs = 1000;

/** Tells once a changed row has been in view for a second. */
function useSeen(isChanged: boolean, onSeen: () => void) {
  const row = useRef<HTMLLIElement>(null);
  const tell = useRef(onSeen);
  tell.current = onSeen;
  useEffect(() => {
    if (!isChanged || row.current === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver((entries) => {
      clearTimeout(timer);
      if (entries.some((entry) => entry.isIntersecting)) timer = setTimeout(() => tell.current(), glanceMs);
    });
    observer.observe(row.current);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [isChanged]);
  return row;
}
