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

/** What a benchmark found, for people and for programs. */
export interface Outcome {
  readonly table: string;
  readonly json: object;
}

export function comparisonOutcome(comparison: Comparison): Outcome {
  return { table: tableOf(comparison), json: comparison };
}

function tableOf({ what, concord, limit, ratio, ratioOf }: Comparison): string {
  // A live act is followed by a rest, so its rate says nothing.
  const columns = ratioOf === "perSecond" ? figureColumns : figureColumns.filter(({ key }) => key !== "perSecond");
  const rows = [
    ["", ...columns.map(({ title }) => title)],
    ["Concord", ...columns.map(({ key, digits }) => concord[key].toFixed(digits))],
    ["raw limit", ...columns.map(({ key, digits }) => limit[key].toFixed(digits))],
  ];
  const lines = rows.map((row) =>
    row.map((word, column) => (column === 0 ? word.padEnd(10) : word.padStart(12))).join(""),
  );
  const name = columns.find(({ key }) => key === ratioOf)?.title ?? "";
  return [what, ...lines, `ratio of ${name}: ${ratio.toFixed(2)}`].join("\n");
}

const figureColumns = [
  { key: "count", title: "count", digits: 0 },
  { key: "perSecond", title: "per second", digits: 0 },
  { key: "p50Ms", title: "p50 ms", digits: 2 },
  { key: "p99Ms", title: "p99 ms", digits: 2 },
] as const;
