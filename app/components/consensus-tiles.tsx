import type { PolicyConsensus } from "#rubric/reconcile.ts";
import { cellKey, labelOf } from "#rubric/rubric.ts";
import { cellLinkName } from "#rubric/sentences.ts";
import type { ConsensusCell, PanelView } from "#rubric/views.ts";
import { boardPath } from "./cell-path.ts";
import styles from "./consensus-tiles.module.css";
import { HeatCell } from "./heat-cell.tsx";
import { PerspectiveBars } from "./perspective-bars.tsx";

interface TilesProps {
  readonly panel: Pick<PanelView, "panelId" | "rubric" | "policies">;
  readonly cells: readonly ConsensusCell[];
  readonly summary: PolicyConsensus;
  readonly isSoFar: boolean;
}

/** One policy's cells by perspective, and beside each perspective the counts of all its scores. */
export function ConsensusTiles({ panel, cells, summary, isSoFar }: TilesProps) {
  const { scale } = panel.rubric;
  const perspectives = panel.rubric.perspectives
    .map((perspective) => ({ perspective, own: cellsIn({ panel, cells, perspectiveId: perspective.id }) }))
    .filter(({ own }) => own.length > 0);
  return (
    <div className={styles.tiles}>
      {perspectives.map(({ perspective, own }) => {
        const bars = summary.perspectives.find((one) => one.perspectiveId === perspective.id);
        return (
          <div key={perspective.id} className={styles.perspective}>
            <h3>
              <bdi>{perspective.title}</bdi>
            </h3>
            <ul className={styles.row}>
              {own.map(({ cell, criterion, policy }) => (
                <li key={cellKey(cell)}>
                  <HeatCell
                    cell={cell}
                    scale={scale}
                    to={boardPath(panel, cell)}
                    label={`${criterion.id} ${labelOf(criterion)}`}
                    name={cellLinkName(cell, { criterion, policy, scale, isSoFar })}
                  />
                </li>
              ))}
            </ul>
            {bars ? <PerspectiveBars summary={bars} title={perspective.title} scale={scale} /> : null}
          </div>
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
