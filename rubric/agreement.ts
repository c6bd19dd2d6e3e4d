import type { CellConsensus } from "./reconcile.ts";
import type { CellId, Rubric } from "./rubric.ts";
import { levelsOf } from "./scale.ts";
import { medianRank } from "./statistics/cell-uncertainty.ts";
import { gwetAc } from "./statistics/gwet-ac.ts";
import { alphaJackknife } from "./statistics/krippendorff-alpha-ci.ts";
import type { Reason } from "./statistics/measured.ts";
import { vanDerEijkA } from "./statistics/ordinal-agreement.ts";
import { type Counts, orderStatistic, total } from "./statistics/quantile.ts";
import { talliesOf } from "./statistics/tallies.ts";
import { withinGroupAgreement } from "./statistics/within-group-agreement.ts";

/** How reliably a panel tells cells apart, from the tallies alone: anonymous panels have it, too. */
export interface Reliability {
  /** Cells with two scores or more, and the scores in them. */
  readonly cells: number;
  readonly scores: number;
  /** Krippendorff's ordinal alpha, at most 1, with a 95 % jackknife interval. */
  readonly alpha: number | null;
  readonly alphaLow: number | null;
  readonly alphaHigh: number | null;
  /** Gwet's AC2 with quadratic weights, at most 1: high where nearly all scores are alike, which alpha is not. */
  readonly ac2: number | null;
  /** Why a figure is `null`, by its name. */
  readonly reasons: Readonly<Record<string, Reason>>;
}

/** How much alike the scores of one cell are. */
export interface CellAgreement extends CellId {
  /** 1 all the same, 0 as split as so many scores can be; comparable between cells of different n. */
  readonly agreementExact: number | null;
  /** van der Eijk's A: 1 unanimous, 0 uniform, -1 half at each end. */
  readonly agreementA: number | null;
  /** Where the median could lie with another such panel: between two scores, at least 95 % sure; `null` for few scores. */
  readonly medianLow: number | null;
  readonly medianHigh: number | null;
}

export interface PanelAgreement {
  readonly panel: Reliability;
  readonly cells: readonly CellAgreement[];
  readonly criteria: readonly (Reliability & { readonly criterionId: string })[];
}

type AgreedCell = CellId & Pick<CellConsensus, "verdict"> & { readonly counts: Counts | null };

/** Agreement over all cells and by criterion. Cells with too few scores enter nothing, on any panel. */
export function agreementOf(cells: readonly AgreedCell[], rubric: Pick<Rubric, "criteria" | "scale">): PanelAgreement {
  const levels = levelsOf(rubric.scale);
  const rankOf = rankBySize();
  const enough = cells.flatMap(({ policyId, criterionId, verdict, counts }) =>
    verdict === "too-few" || counts === null ? [] : [{ policyId, criterionId, counts }],
  );
  const countsOf = (criterionId: string) =>
    enough.filter((cell) => cell.criterionId === criterionId).map(({ counts }) => counts);
  return {
    panel: reliabilityOf(
      enough.map(({ counts }) => counts),
      levels,
    ),
    cells: enough.map((cell) => cellAgreement(cell, levels, rankOf(total(cell.counts)))),
    criteria: rubric.criteria.map(({ id }) => ({ criterionId: id, ...reliabilityOf(countsOf(id), levels) })),
  };
}

function cellAgreement(
  { policyId, criterionId, counts }: CellId & { readonly counts: Counts },
  levels: readonly number[],
  rank: number,
): CellAgreement {
  return {
    policyId,
    criterionId,
    agreementExact: withinGroupAgreement(counts, levels).values.agreementExact,
    agreementA: vanDerEijkA(counts),
    medianLow: rank === 0 ? null : orderStatistic(counts, levels, rank),
    medianHigh: rank === 0 ? null : orderStatistic(counts, levels, total(counts) - rank + 1),
  };
}

/** Between which ranks the median of so many scores lies. Most cells of a panel have one of a few sizes. */
function rankBySize(): (n: number) => number {
  const ranks = new Map<number, number>();
  return (n) => {
    const rank = ranks.get(n) ?? medianRank(n, 0.95);
    ranks.set(n, rank);
    return rank;
  };
}

function reliabilityOf(cells: readonly Counts[], levels: readonly number[]): Reliability {
  const sizes = cells.map((counts) => counts.reduce((sum, count) => sum + count, 0)).filter((size) => size >= 2);
  const tallies = talliesOf(cells, levels);
  const alpha = alphaJackknife(tallies, "ordinal", 0.95);
  const ac2 = gwetAc(tallies, "quadratic");
  const { alpha: noAlpha, jackknifeCiLow: noInterval } = alpha.reasons;
  const { gwetAC: noAc2 } = ac2.reasons;
  return {
    cells: sizes.length,
    scores: sizes.reduce((sum, size) => sum + size, 0),
    alpha: alpha.values.alpha,
    alphaLow: alpha.values.jackknifeCiLow,
    alphaHigh: alpha.values.jackknifeCiHigh,
    ac2: ac2.values.gwetAC,
    reasons: {
      ...(noAlpha ? { alpha: noAlpha } : {}),
      ...(noInterval ? { alphaLow: noInterval, alphaHigh: noInterval } : {}),
      ...(noAc2 ? { ac2: noAc2 } : {}),
    },
  };
}
