import type { Shell } from "#server/cli/shell.ts";
import type { Figures } from "./figures.ts";

/** One comparison: ours, and the raw limit of the same machine in the same minute. */
export interface Comparison {
  readonly bench: string;
  readonly what: string;
  readonly concord: Figures;
  readonly limit: Figures;
  /** Of the figure that `ratioOf` names: Concord's by the limit's. */
  readonly ratio: number;
  readonly ratioOf: "perSecond" | "p50Ms";
  /** The same ratio for each pair of legs, in the order they were run. */
  readonly ratios: readonly number[];
}

export function report(shell: Shell, comparison: Comparison, { isJsonOnly }: { isJsonOnly: boolean }): void {
  if (!isJsonOnly) shell.out(`${tableOf(comparison)}\n`);
  shell.out(`${JSON.stringify(comparison)}\n`);
}

function tableOf({ what, concord, limit, ratio, ratioOf }: Comparison): string {
  const rows = [
    ["", "count", "per second", "p50 ms", "p99 ms"],
    ["Concord", ...wordsOf(concord)],
    ["raw limit", ...wordsOf(limit)],
  ];
  const lines = rows.map((row) =>
    row.map((word, column) => (column === 0 ? word.padEnd(10) : word.padStart(12))).join(""),
  );
  const name = ratioOf === "perSecond" ? "per second" : "p50";
  return [what, ...lines, `ratio of ${name}: ${ratio.toFixed(2)}`].join("\n");
}

function wordsOf(figures: Figures): string[] {
  const { count, perSecond, p50Ms, p99Ms } = figures;
  return [String(count), perSecond.toFixed(0), p50Ms.toFixed(2), p99Ms.toFixed(2)];
}
