import { type Counts, total } from "#rubric/statistics/quantile.ts";
import type { BundlePoints, BundleScore } from "../bundle.ts";
import { byCell, countLevels, type RevealedAnswers } from "../bundle-answers.ts";
import type { Protocol } from "../protocol.ts";
import { type CellId, cellKey, cellsOf, type Policy, type Rubric } from "../rubric.ts";
import { levelsOf } from "../scale.ts";
import { pointOf } from "../shares.ts";
import { compareText } from "../text-order.ts";

/**
 * What the figures over several cells are computed from: each cell as the latest revealed round left it, and who gave which
 * score where a panel may link a person's scores. Cells below the minimum of scores are not in it, on any panel.
 */
export interface AnalysisInput {
  /** In rubric order. */
  readonly cells: readonly AnalysedCell[];
  /** By label; `null` on anonymous panels, which compute nothing that must know whose scores belong together. */
  readonly reviewers: readonly AnalysedReviewer[] | null;
}

export interface AnalysedCell extends CellId {
  readonly round: number;
  readonly counts: Counts;
  /** The round before that had the cell; `null` if there is none with enough scores. */
  readonly before: number | null;
}

interface AnalysedReviewer {
  /** A member id in named panels, a code in pseudonymous ones. */
  readonly label: string;
  /** One a cell; `null` = no score. */
  readonly scores: readonly (number | null)[];
  /** The same in the round before. */
  readonly before: readonly (number | null)[];
  /** Swing points by criterion, in rubric order; `null` for someone who gave none. */
  readonly points: readonly number[] | null;
}

/** A revealed round: its scope and its answers as every member may see them in files. */
export interface RevealedRoundAnswers extends RevealedAnswers {
  readonly round: number;
  readonly scope: readonly CellId[];
}

export interface AnalysisSources {
  /** All revealed rounds up to the one analysed, in their order. */
  readonly rounds: readonly RevealedRoundAnswers[];
  /** Of the same rounds, in their order: whoever gave none again still means what was given before. */
  readonly points: readonly BundlePoints[];
  readonly rubric: Rubric;
  readonly policies: readonly Policy[];
  readonly protocol: Pick<Protocol, "identity" | "minScores">;
}

/** The input of an analysis from what every member may see of the revealed rounds: whoever holds a bundle can make it. */
export function analysisInput(sources: AnalysisSources): AnalysisInput {
  const { rounds, rubric, policies, protocol } = sources;
  const counted = rounds.map((one) => countedRound(one, sources));
  const cells = cellsOf(rubric, policies).flatMap((cell): AnalysedCell[] => {
    const having = counted.filter(({ scope }) => scope.has(cellKey(cell)));
    const latest = having.at(-1);
    const counts = latest?.counts.get(cellKey(cell));
    if (latest === undefined || counts === undefined) return [];
    const before = having.at(-2);
    const hasBefore = before?.counts.has(cellKey(cell)) ?? false;
    return [{ ...cell, round: latest.round, counts, before: hasBefore ? (before?.round ?? null) : null }];
  });
  return { cells, reviewers: protocol.identity === "anonymous" ? null : reviewersOf(cells, sources) };
}

interface CountedRound {
  readonly round: number;
  readonly scope: ReadonlySet<string>;
  /** Of the cells with enough scores. */
  readonly counts: ReadonlyMap<string, Counts>;
}

function countedRound(answers: RevealedRoundAnswers, { rubric, protocol }: AnalysisSources): CountedRound {
  const fromScores = [...byCell(answers.scores)].map(([key, cell]) => [key, countLevels(cell, rubric.scale)] as const);
  const fromHistograms = answers.histograms.map((one) => [cellKey(one), one.counts ?? []] as const);
  const enough = [...fromScores, ...fromHistograms].filter(([, counts]) => total(counts) >= protocol.minScores);
  return { round: answers.round, scope: new Set(answers.scope.map(cellKey)), counts: new Map(enough) };
}

function reviewersOf(cells: readonly AnalysedCell[], { rounds, points, rubric }: AnalysisSources): AnalysedReviewer[] {
  const given = new Map(rounds.flatMap(({ scores }) => scores.map((score) => [scoreKey(score), score.value] as const)));
  const scoreOf = (label: string, round: number | null, cell: CellId) =>
    round === null ? null : (given.get(scoreKey({ ...cell, round, memberId: label })) ?? null);
  const labels = [...new Set(rounds.flatMap(({ scores }) => scores.map(labelOf)))].sort(compareText);
  return labels.flatMap((label) => {
    const scores = cells.map((cell) => scoreOf(label, cell.round, cell));
    if (scores.every((score) => score === null)) return [];
    const before = cells.map((cell) => scoreOf(label, cell.before, cell));
    const own = points.findLast((one) => labelOf(one) === label)?.points;
    return [{ label, scores, before, points: own ? rubric.criteria.map(({ id }) => pointOf(own, id) ?? 0) : null }];
  });
}

function labelOf({ memberId, code }: Pick<BundleScore, "memberId" | "code">): string {
  return memberId ?? code ?? "";
}

function scoreKey(score: Pick<BundleScore, "round" | "memberId" | "code" | "policyId" | "criterionId">): string {
  return [score.round, cellKey(score), labelOf(score)].join("\u0000");
}

/** The scores of a panel as a table of reviewers by cells, on the scale's levels; empty on anonymous panels. */
export function scoresOf({ reviewers }: AnalysisInput): readonly (readonly (number | null)[])[] {
  return (reviewers ?? []).map(({ scores }) => scores);
}

/** The mean score of each cell, in scale units. */
export function meanOf(counts: Counts, rubric: Pick<Rubric, "scale">): number {
  const sum = levelsOf(rubric.scale).reduce((so, level, index) => so + level * (counts[index] ?? 0), 0);
  return sum / total(counts);
}
