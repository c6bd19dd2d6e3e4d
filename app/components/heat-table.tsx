import { cellKey, labelOf, type Perspective } from "#rubric/rubric.ts";
import { cellLinkName } from "#rubric/sentences.ts";
import type { BoardCell, PanelView } from "#rubric/views.ts";
import { boardPath } from "./cell-path.ts";
import { ScrollRegion } from "./data-table.tsx";
import { HeatCell } from "./heat-cell.tsx";
import styles from "./heat-table.module.css";
import { HiddenWords } from "./hidden-words.tsx";

export interface HeatTableProps {
  readonly panel: Pick<PanelView, "panelId" | "rubric" | "policies">;
  readonly cells: readonly BoardCell[];
  readonly caption: string;
  readonly isSoFar: boolean;
}

/** Policies by criteria, grouped by perspective: the map of a panel's outcomes. */
export function HeatTable({ panel, cells, caption, isSoFar }: HeatTableProps) {
  const byKey = new Map(cells.map((cell) => [cellKey(cell), cell]));
  return (
    <ScrollRegion name={caption}>
      <table className={styles.table}>
        <caption>
          <span className={styles.caption}>{caption}</span>
        </caption>
        <HeatHead panel={panel} />
        <tbody>
          {panel.policies.map((policy) => (
            <tr key={policy.id}>
              <th scope="row">
                <span className={styles.id}>{policy.id}</span> <bdi className={styles.long}>{policy.title}</bdi>
                <bdi className={styles.short}>{labelOf(policy)}</bdi>
              </th>
              {criteriaByPerspective(panel).map((criterion) => {
                const cell = byKey.get(cellKey({ policyId: policy.id, criterionId: criterion.id }));
                const frame = { criterion, policy, scale: panel.rubric.scale, isSoFar };
                return (
                  <td key={criterion.id}>
                    {cell ? (
                      <HeatCell
                        cell={cell}
                        scale={frame.scale}
                        to={boardPath(panel, cell)}
                        name={cellLinkName(cell, frame)}
                      />
                    ) : (
                      <NotHere />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function HeatHead({ panel }: Pick<HeatTableProps, "panel">) {
  const groups = panel.rubric.perspectives.filter((one) => criteriaIn(panel, one).length > 0);
  return (
    <thead>
      <tr>
        <td className={styles.corner} />
        {groups.map((perspective) => (
          <th
            key={perspective.id}
            scope="colgroup"
            colSpan={criteriaIn(panel, perspective).length}
            className={styles.group}
          >
            <bdi>{perspective.title}</bdi>
          </th>
        ))}
      </tr>
      <tr>
        <td className={styles.corner} />
        {criteriaByPerspective(panel).map((criterion) => (
          <th key={criterion.id} scope="col" className={styles.criterion}>
            <span className={styles.id}>{criterion.id}</span>
            <bdi>{labelOf(criterion)}</bdi>
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** A cell that this round did not ask, or that the viewer may not see. */
function NotHere() {
  return (
    <span className={styles.none}>
      <span aria-hidden="true">·</span>
      <HiddenWords>not shown in this round</HiddenWords>
    </span>
  );
}

function criteriaByPerspective(panel: HeatTableProps["panel"]) {
  return panel.rubric.perspectives.flatMap((perspective) => criteriaIn(panel, perspective));
}

function criteriaIn({ rubric }: HeatTableProps["panel"], perspective: Perspective) {
  return rubric.criteria.filter((criterion) => criterion.perspective === perspective.id);
}
