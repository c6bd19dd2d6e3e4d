import type { Protocol } from "./protocol.ts";
import { type CellId, cellKey, type Policy, type Rubric } from "./rubric.ts";
import { levelsOf } from "./scale.ts";
import { type Counts, interquartileRange, median, total } from "./statistics/quantile.ts";
import type { Tally } from "./tally.ts";
import { judge, type Verdict } from "./verdict.ts";

/** Name and version of the method behind every stored figure; a changed formula is a new version. */
export const method = { id: "concord", version: "2" } as const;
/** The same as one word, as rows keep it. */
export const methodName = `${method.id}@${method.version}`;

/** The consensus on one cell of one round, as stored. Below the minimum of scores `visibility` cuts the figures away. */
export interface CellConsensus extends CellId, Verdict {
  readonly eligible: number;
  readonly n: number;
  readonly nonScores: {
    readonly cannotJudge: number;
    readonly abstain: number;
    readonly recused: number;
    readonly absent: number;
  };
  readonly counts: Counts;
  readonly median: number | null;
  readonly iqr: number | null;
}

/** The agreed outcome of a cell from its tally: counts, median and spread (type 2), and the verdict by the panel's rule. */
export function reconcile(cell: CellId, tally: Tally, context: { rubric: Rubric; protocol: Protocol }): CellConsensus {
  const { scale } = context.rubric;
  const levels = levelsOf(scale);
  const { cannotJudge, abstain, recused, absent } = tally;
  return {
    policyId: cell.policyId,
    criterionId: cell.criterionId,
    eligible: tally.reviewers - recused,
    n: total(tally.counts),
    nonScores: { cannotJudge, abstain, recused, absent },
    counts: tally.counts,
    median: median(tally.counts, levels),
    iqr: interquartileRange(tally.counts, levels),
    ...judge(tally.counts, scale, context.protocol),
  };
}

/** Outcomes of one perspective of one policy: status counts and, per level, all scores of cells with enough of them. */
export interface PerspectiveConsensus {
  readonly perspectiveId: string;
  readonly agreed: number;
  readonly contested: number;
  readonly tooFew: number;
  readonly counts: Counts;
  readonly medians: readonly { readonly criterionId: string; readonly median: number | null }[];
}

export interface PolicyConsensus {
  readonly policyId: string;
  readonly perspectives: readonly PerspectiveConsensus[];
}

type SummarisedCell = CellId & Pick<CellConsensus, "verdict" | "median"> & { readonly counts: Counts | null };

/** The policies' outcomes from the cells', perspective by perspective; cells absent from `cells` are left out. */
export function summarisePolicies(
  cells: readonly SummarisedCell[],
  rubric: Rubric,
  policies: readonly Policy[],
): PolicyConsensus[] {
  const byKey = new Map(cells.map((cell) => [cellKey(cell), cell]));
  return policies.map((policy) => ({
    policyId: policy.id,
    perspectives: rubric.perspectives.map((perspective) => {
      const own = rubric.criteria
        .filter((criterion) => criterion.perspective === perspective.id)
        .flatMap((criterion) => byKey.get(cellKey({ policyId: policy.id, criterionId: criterion.id })) ?? []);
      return summarisePerspective(perspective.id, own, levelsOf(rubric.scale).length);
    }),
  }));
}

function summarisePerspective(
  perspectiveId: string,
  cells: readonly SummarisedCell[],
  levels: number,
): PerspectiveConsensus {
  const enough = cells.filter((cell) => cell.verdict !== "too-few");
  const countOf = (outcome: CellConsensus["verdict"]) => cells.filter((cell) => cell.verdict === outcome).length;
  return {
    perspectiveId,
    agreed: countOf("agreed"),
    contested: countOf("contested"),
    tooFew: countOf("too-few"),
    counts: Array.from({ length: levels }, (_, level) =>
      enough.reduce((sum, cell) => sum + (cell.counts?.[level] ?? 0), 0),
    ),
    medians: cells.map((cell) => ({
      criterionId: cell.criterionId,
      median: cell.verdict === "too-few" ? null : cell.median,
    })),
  };
}
