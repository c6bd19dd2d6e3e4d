import type { PerspectiveConsensus, PolicyConsensus } from "#rubric/reconcile.ts";
import { cellKey, labelOf } from "#rubric/rubric.ts";
import { levelsOf } from "#rubric/scale.ts";
import { barsSentence, cellLinkName } from "#rubric/sentences.ts";
import type { ConsensusCell, PanelView } from "#rubric/views.ts";
import { printScore } from "#rubric/words.ts";
import { boardPath } from "./cell-path.ts";
import styles from "./consensus-tiles.module.css";
import { HeatCell } from "./heat-cell.tsx";

interface TilesProps {
  readonly panel: Pick<PanelView, "panelId" | "rubric" | "policies">;
  readonly cells: readonly ConsensusCell[];
  readonly summary: PolicyConsensus;
  readonly isSoFar: boolean;
}

/** One policy's cells by perspective, and beside each perspective the counts of all its scores. */
export function ConsensusTiles({ panel, cells, summary, isSoFar }: TilesProps) {
  return (
    <div className={styles.tiles}>
      {panel.rubric.perspectives.map((perspective) => {
        const bars = summary.perspectives.find((one) => one.perspectiveId === perspective.id);
        return (
          <section key={perspective.id} className={styles.perspective} aria-label={perspective.title}>
            <h3>
              <bdi>{perspective.title}</bdi>
            </h3>
            <ul className={styles.row}>
              {cellsIn({ panel, cells, perspectiveId: perspective.id }).map(({ cell, criterion, policy }) => (
                <li key={cellKey(cell)}>
                  <span className={styles.name}>
                    {criterion.id} <bdi>{labelOf(criterion)}</bdi>
                  </span>
                  <HeatCell
                    cell={cell}
                    scale={panel.rubric.scale}
                    to={boardPath(panel, cell)}
                    name={cellLinkName(cell, { criterion, policy, scale: panel.rubric.scale, isSoFar })}
                  />
                </li>
              ))}
            </ul>
            {bars ? <PerspectiveBars summary={bars} title={perspective.title} scale={panel.rubric.scale} /> : null}
          </section>
        );
      })}
    </div>
  );
}

function cellsIn({ panel, cells, perspectiveId }: Pick<TilesProps, "panel" | "cells"> & { perspectiveId: string }) {
  return cells.flatMap((cell) => {
    const criterion = panel.rubric.criteria.find((one) => one.id === cell.criterionId);
    const policy = panel.policies.find((one) => one.id === cell.policyId);
    return criterion && policy && criterion.perspective === perspectiveId ? [{ cell, criterion, policy }] : [];
  });
}

const height = 40;

/** Counts per level, not a mean: opposite camps would cancel out. */
function PerspectiveBars({
  summary,
  title,
  scale,
}: {
  summary: PerspectiveConsensus;
  title: string;
  scale: PanelView["rubric"]["scale"];
}) {
  const levels = levelsOf(scale);
  const most = Math.max(1, ...summary.counts);
  const width = 28;
  return (
    <svg
      className={styles.bars}
      viewBox={`0 0 ${levels.length * width} ${height + 34}`}
      role="img"
      aria-label={barsSentence(summary, title, scale)}
    >
      {levels.map((level, index) => {
        const count = summary.counts[index] ?? 0;
        const bar = (height * count) / most;
        const middle = index * width + width / 2;
        return (
          <g key={level}>
            <rect x={index * width + 4} y={14 + height - bar} width={width - 8} height={bar} className={styles.bar} />
            <text x={middle} y={10 + height - bar} className={styles.figure}>
              {count}
            </text>
            <text x={middle} y={height + 30} className={styles.level}>
              {printScore(level, scale)}
            </text>
          </g>
        );
      })}
      <line x1="0" x2={levels.length * width} y1={14 + height} y2={14 + height} className={styles.axis} />
    </svg>
  );
}
