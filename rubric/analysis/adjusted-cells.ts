import { crossedSums } from "#rubric/statistics/crossed-sums.ts";
import { type Components, henderson, hendersonComponents } from "#rubric/statistics/henderson.ts";
import { layoutOf } from "#rubric/statistics/layout.ts";
import { type Reason, reasonFor } from "#rubric/statistics/measured.ts";
import { rawMeans } from "#rubric/statistics/severity-additive.ts";
import { mixedSeverity } from "#rubric/statistics/severity-mixed.ts";
import { sweptSeverity } from "#rubric/statistics/severity-sweeps.ts";
import type { Rubric } from "../rubric.ts";
import { type AnalysedCell, type AnalysisInput, meanOf, scoresOf } from "./analysis-input.ts";
import { entryAt } from "./entry-at.ts";

/** What a cell got, and what it would have got from reviewers of average severity. In scale units. */
export interface AdjustedCell extends Pick<AnalysedCell, "policyId" | "criterionId" | "round"> {
  readonly n: number;
  readonly mean: number;
  /** By the mixed model within its criterion; `null` on anonymous panels and where the model has no answer. */
  readonly adjusted: number | null;
  readonly seAdjusted: number | null;
}

/** How far one score, and the panel's mean, can be trusted: from tables with holes. */
export interface CrossedReliability {
  /** The share of differences between items in all differences, for one reviewer: ICC(A,1), 0 to 1. */
  readonly iccOne: number | null;
  /** The same for the mean of a usual number of reviewers: ICC(A,k). */
  readonly iccPanel: number | null;
  /** Shares of the spread that lie between cells and between reviewers, 0 to 1. */
  readonly betweenCells: number | null;
  readonly betweenReviewers: number | null;
  readonly reason: Reason | null;
}

/** Beyond it the exact fit would take too long; sweeps give the adjusted means without standard errors. */
const mostFitted = 300;

/** The cells with their adjusted means, criterion by criterion. */
export function adjustedCells(input: AnalysisInput, rubric: Rubric): AdjustedCell[] {
  const figures = new Map(rubric.criteria.flatMap(({ id }) => [...adjustedWithin(id, input)]));
  return input.cells.map((cell) => {
    const { adjusted = null, seAdjusted = null } = figures.get(cell) ?? {};
    return {
      policyId: cell.policyId,
      criterionId: cell.criterionId,
      round: cell.round,
      n: cell.counts.reduce((sum, count) => sum + count, 0),
      mean: meanOf(cell.counts, rubric),
      adjusted,
      seAdjusted,
    };
  });
}

/** Reliability over the cells of one criterion, or of all. */
export function crossedReliability(input: AnalysisInput, criterionId: string | null): CrossedReliability {
  const sums = crossedSums(tableOf(input, criterionId));
  const found = henderson(sums);
  return {
    iccOne: found.values.henderson_ICC_A1,
    iccPanel: found.values.henderson_ICC_Ak,
    ...spreadOf(hendersonComponents(sums)),
    reason: reasonFor(found, "henderson_ICC_A1"),
  };
}

/** A negative variance counts as 0. */
function spreadOf(components: Components | null): Pick<CrossedReliability, "betweenCells" | "betweenReviewers"> {
  const [item, reviewer, residual] = [components?.item ?? 0, components?.reviewer ?? 0, components?.residual ?? 0];
  const all = Math.max(0, item) + Math.max(0, reviewer) + Math.max(0, residual);
  if (all === 0) return { betweenCells: null, betweenReviewers: null };
  return { betweenCells: Math.max(0, item) / all, betweenReviewers: Math.max(0, reviewer) / all };
}

type Adjusted = Pick<AdjustedCell, "adjusted" | "seAdjusted">;

function adjustedWithin(criterionId: string, input: AnalysisInput): Map<AnalysedCell, Adjusted> {
  if (input.reviewers === null) return new Map();
  const cells = input.cells.filter((cell) => cell.criterionId === criterionId);
  const table = tableOf(input, criterionId);
  const figures = table.length > mostFitted ? swept(table) : fitted(table);
  return new Map(
    cells.map((cell, place) => [
      cell,
      { adjusted: entryAt(figures.adjusted, place), seAdjusted: entryAt(figures.seAdjusted, place) },
    ]),
  );
}

interface AdjustedTable {
  readonly adjusted: readonly (number | null)[] | null;
  readonly seAdjusted: readonly (number | null)[] | null;
}

function fitted(table: readonly (readonly (number | null)[])[]): AdjustedTable {
  return mixedSeverity(table).values;
}

/** Each cell in it has scores, so the sweeps' items are the cells. Reviewers who do not differ change no mean. */
function swept(table: readonly (readonly (number | null)[])[]): AdjustedTable {
  const components = hendersonComponents(crossedSums(table));
  if (components === null) return { adjusted: null, seAdjusted: null };
  const layout = layoutOf(table);
  if (components.reviewer <= 0) return { adjusted: rawMeans(layout), seAdjusted: null };
  const lambda = Math.max(0, components.residual) / components.reviewer;
  return { adjusted: [...sweptSeverity(layout, lambda, new Float64Array(layout.members)).items], seAdjusted: null };
}

/** Reviewers by cells of one criterion, or of all. */
function tableOf(input: AnalysisInput, criterionId: string | null): (number | null)[][] {
  const isOfIt = input.cells.map((cell) => criterionId === null || cell.criterionId === criterionId);
  return scoresOf(input).map((scores) => scores.filter((_, place) => isOfIt[place]));
}
