import { Link } from "@remix-run/react";
import { cellKey, labelOf } from "#rubric/rubric.ts";
import type { PanelView, SheetView } from "#rubric/views.ts";
import styles from "./cell-map.module.css";
import { CellMark, type CellMarkKind, markKinds, markOf, markWords } from "./cell-mark.tsx";
import { scorePath } from "./cell-path.ts";
import { HiddenWords } from "./hidden-words.tsx";

interface CellMapProps {
  readonly panel: Pick<PanelView, "panelId" | "rubric" | "policies">;
  readonly sheet: Pick<SheetView, "scope" | "scores" | "incomplete">;
  /** The key of the cell on the page. */
  readonly current: string | null;
}

/** All cells of one's own sheet, each a link with its mark. It shows how far one is and nothing of anyone else. */
export function CellMap({ panel, sheet, current }: CellMapProps) {
  const at = marksIn(sheet);
  return (
    <div className={styles.map}>
      <table>
        <caption>
          <HiddenWords>Your cells, criteria by policies</HiddenWords>
        </caption>
        <thead>
          <tr>
            <td />
            {panel.policies.map((policy) => (
              <th key={policy.id} scope="col">
                <abbr title={labelOf(policy)}>{policy.id}</abbr>
              </th>
            ))}
          </tr>
        </thead>
        {panel.rubric.perspectives.map((perspective) => (
          <tbody key={perspective.id}>
            <tr>
              <th scope="rowgroup" colSpan={panel.policies.length + 1} className={styles.perspective}>
                <bdi>{perspective.title}</bdi>
              </th>
            </tr>
            {panel.rubric.criteria
              .filter((criterion) => criterion.perspective === perspective.id)
              .map((criterion) => (
                <tr key={criterion.id}>
                  <th scope="row" className={styles.criterion}>
                    <span className={styles.id}>{criterion.id}</span> <bdi>{labelOf(criterion)}</bdi>
                  </th>
                  {panel.policies.map((policy) => {
                    const cell = { policyId: policy.id, criterionId: criterion.id };
                    const mark = at.get(cellKey(cell));
                    return (
                      <td key={policy.id}>
                        {mark ? (
                          <MapLink
                            to={scorePath(panel, cell)}
                            name={cellKey(cell)}
                            isCurrent={cellKey(cell) === current}
                            mark={mark}
                          />
                        ) : null}
                      </td>
                    );
                  })}
                </tr>
              ))}
          </tbody>
        ))}
      </table>
      <MapKey kinds={new Set([...at.values()].map(({ kind }) => kind))} />
    </div>
  );
}

interface Mark {
  readonly kind: CellMarkKind;
  readonly words: string;
}

function MapLink({ to, name, mark, isCurrent }: { to: string; name: string; mark: Mark; isCurrent: boolean }) {
  return (
    <Link discover="none" to={to} className={styles.link} aria-current={isCurrent ? "true" : undefined}>
      <CellMark kind={isCurrent ? "current" : mark.kind} />
      <HiddenWords>
        {name}, {mark.words}
      </HiddenWords>
    </Link>
  );
}

const always: readonly CellMarkKind[] = ["complete", "half", "cannot-judge", "to-do"];

function MapKey({ kinds }: { kinds: ReadonlySet<CellMarkKind> }) {
  const shown = markKinds.filter((kind) => always.includes(kind) || kinds.has(kind));
  return (
    <ul className={styles.key} aria-hidden="true">
      {shown.map((kind) => (
        <li key={kind}>
          <CellMark kind={kind} /> {markWords[kind]}
        </li>
      ))}
    </ul>
  );
}

function marksIn({ scope, scores, incomplete }: CellMapProps["sheet"]): Map<string, Mark> {
  const own = new Map(scores.map((score) => [cellKey(score), score]));
  const missing = new Map(incomplete.map((cell) => [cellKey(cell), cell.sentence]));
  return new Map(
    scope.map((cell) => {
      const key = cellKey(cell);
      const kind = markOf(own.get(key), missing.get(key));
      const words = missing.get(key)?.replace(/\.$/, "").toLowerCase() ?? markWords[kind];
      return [key, { kind, words }];
    }),
  );
}

/** @example "12 complete · 1 needs a rationale · 11 to do" */
export function mapSentence(sheet: CellMapProps["sheet"]): string {
  const kinds = [...marksIn(sheet).values()].map(({ kind }) => kind);
  const half = kinds.filter((kind) => kind === "half").length;
  const toDo = kinds.filter((kind) => kind === "to-do").length;
  const needs = half === 1 ? "1 needs a rationale" : `${half} need a rationale`;
  const rest = [...(half > 0 ? [needs] : []), ...(toDo > 0 ? [`${toDo} to do`] : [])];
  return [`${kinds.length - half - toDo} complete`, ...rest].join(" · ");
}
