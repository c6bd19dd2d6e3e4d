import { type CellId, cellKey } from "#rubric/rubric.ts";

type InPanel = { readonly panelId: string };

/** A cell's page on the board. */
export function boardPath({ panelId }: InPanel, cell: CellId): string {
  return `/panels/${panelId}/board/${cell.policyId}/${cell.criterionId}`;
}

/** The scoring page at a cell. */
export function scorePath({ panelId }: InPanel, cell: CellId | null): string {
  return cell === null
    ? `/panels/${panelId}/score`
    : `/panels/${panelId}/score?cell=${encodeURIComponent(cellKey(cell))}`;
}

export function checkPath({ panelId }: InPanel): string {
  return `/panels/${panelId}/score/check`;
}
