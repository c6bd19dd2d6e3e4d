import { type AnalysisContext, analyse } from "#rubric/analysis/analysis.ts";
import { type AnalysisInput, type AnalysisSources, analysisInput } from "#rubric/analysis/analysis-input.ts";
import { type Answer, revealedAnswersOf } from "#rubric/bundle-answers.ts";
import { revealedPointsOf } from "#rubric/bundle-points.ts";
import type { Protocol } from "#rubric/protocol.ts";
import type { CellId, Policy, Rubric } from "#rubric/rubric.ts";
import type { NonScore } from "#rubric/score.ts";
import { seedFor } from "#server/aggregation/seed.ts";

/** Revealed rounds of small panels, for tests of the figures over several cells. Scores are on five levels, 1 to 5. */

/** What one reviewer said of one cell; `null`: the reviewer was not asked. */
export type Said = number | NonScore | "absent" | null;
/** Reviewer by reviewer, under `P1-C1` and so on. */
export type Round = Readonly<Record<string, readonly Said[]>>;

interface PanelParts {
  readonly rounds: readonly Round[];
  readonly identity?: Protocol["identity"];
  readonly minScores?: number;
  /** Reviewer by reviewer and criterion by criterion, given in the last round. */
  readonly points?: readonly (readonly number[] | null)[];
  /** Of the criteria, as the rubric states them. */
  readonly stated?: readonly number[];
  /** Of the criteria; all in `A` unless given. */
  readonly perspectives?: readonly string[];
}

export interface TestedPanel {
  readonly sources: AnalysisSources;
  readonly input: AnalysisInput;
  readonly context: AnalysisContext;
}

/** Policies and criteria are those that the rounds name. */
export function aPanel(parts: PanelParts): TestedPanel {
  const { rounds, identity = "named", minScores = 3, points = [] } = parts;
  const cells = [...new Set(rounds.flatMap((round) => Object.keys(round)))].map(cellOf);
  const rubric = aRubric(names(cells.map(({ criterionId }) => criterionId)), parts);
  const policies = names(cells.map(({ policyId }) => policyId)).map(aPolicy);
  const protocol = { identity, minScores };
  const given = points.flatMap((own, reviewer) =>
    own === null
      ? []
      : [
          {
            ...labelled(reviewer),
            points: Object.fromEntries(rubric.criteria.map(({ id }, place) => [id, own[place] ?? 0])),
          },
        ],
  );
  const sources: AnalysisSources = {
    rounds: rounds.map((said, place) => {
      const at = { round: place + 1, scale: rubric.scale, ...protocol };
      return { round: at.round, scope: Object.keys(said).map(cellOf), ...revealedAnswersOf(answersOf(said), at) };
    }),
    points: revealedPointsOf(given, { round: rounds.length, ...protocol }),
    rubric,
    policies,
    protocol,
  };
  return { sources, input: analysisInput(sources), context: { rubric, policies, protocol } };
}

/** One round in which everybody gave these scores: reviewers by cells, in the order of the names given. */
export function scoresBy(cells: readonly string[], table: readonly (readonly Said[])[]): Round {
  return Object.fromEntries(cells.map((cell, place) => [cell, table.map((own) => own[place] ?? null)]));
}

/** Every cell of so many policies on so many criteria, policy by policy. */
export function cellNames(policies: number, criteria: number): string[] {
  return Array.from({ length: policies }, (_, policy) =>
    Array.from({ length: criteria }, (_, criterion) => `P${policy + 1}-C${criterion + 1}`),
  ).flat();
}

/** As a server would, from the hash of the input. */
export function analysed({ input, context }: TestedPanel, hash = "00".repeat(32)) {
  return analyse(input, context, { seedOf: (purpose) => seedFor(hash, purpose) });
}

function aRubric(criterionIds: readonly string[], { stated, perspectives }: PanelParts): Rubric {
  return {
    title: "Rubric",
    notices: [],
    comparators: [],
    scale: { min: 1, max: 5, step: 1, anchors: [] },
    perspectives: names(perspectives ?? ["A"]).map((id) => ({ id, title: id })),
    criteria: criterionIds.map((id, place) => {
      const weight = stated?.[place];
      return {
        id,
        name: id,
        question: "",
        polarity: "more-is-better",
        perspective: perspectives?.[place] ?? "A",
        ...(weight === undefined ? {} : { weight }),
      };
    }),
  };
}

function aPolicy(id: string): Policy {
  return { id, title: id, description: "" };
}

function names(ids: readonly string[]): string[] {
  return [...new Set(ids)].sort((left, right) => Number(left.slice(1)) - Number(right.slice(1)));
}

function cellOf(name: string): CellId {
  const [policyId = "", criterionId = ""] = name.split("-");
  return { policyId, criterionId };
}

function labelled(reviewer: number) {
  return { memberId: `m${reviewer + 1}`, code: `Reviewer ${reviewer + 1}` };
}

function answersOf(said: Round): Answer[] {
  return Object.entries(said).flatMap(([cell, column]) =>
    column.flatMap((answer, reviewer): Answer[] => {
      if (answer === null) return [];
      const isScore = typeof answer === "number";
      return [
        {
          ...cellOf(cell),
          ...labelled(reviewer),
          value: isScore ? answer : null,
          nonScore: isScore ? null : answer,
          rationale: "",
          changeReason: null,
          afterSight: false,
          version: 1,
          submittedAt: null,
        },
      ];
    }),
  );
}
