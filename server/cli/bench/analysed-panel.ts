import type { AnalysisContext } from "#rubric/analysis/analysis.ts";
import type { AnalysisInput } from "#rubric/analysis/analysis-input.ts";
import { cellsOf } from "#rubric/rubric.ts";

interface AnalysedPanel {
  readonly input: AnalysisInput;
  readonly context: AnalysisContext;
  /** So many times the least that looks at each score. */
  readonly pass: (times: number) => number;
}

/** A panel in which all but one in six gave each cell a score from 1 to 5. */
export function analysedPanel(size: { reviewers: number; policies: number; criteria: number }): AnalysedPanel {
  const context = contextOf(size);
  const cells = cellsOf(context.rubric, context.policies);
  const table = Array.from({ length: size.reviewers }, (_, reviewer) =>
    cells.map((_, cell) =>
      (reviewer * 31 + cell * 17 + reviewer * cell) % 6 === 0 ? null : 1 + ((reviewer * 13 + cell * 7) % 5),
    ),
  );
  const countsOf = (place: number) =>
    [1, 2, 3, 4, 5].map((level) => table.filter((own) => own[place] === level).length);
  const input: AnalysisInput = {
    cells: cells.map((cell, place) => ({ ...cell, round: 1, counts: countsOf(place), before: null })),
    reviewers: table.map((scores, reviewer) => ({
      label: `Reviewer ${reviewer + 1}`,
      scores,
      before: scores.map(() => null),
      points: null,
    })),
  };
  return { input, context, pass: (times) => passOver(table.flat(), times) };
}

function contextOf({ policies, criteria }: { policies: number; criteria: number }): AnalysisContext {
  const perspective = "A";
  return {
    rubric: {
      title: "Rubric",
      notices: [],
      comparators: [],
      scale: { min: 1, max: 5, step: 1, anchors: [] },
      perspectives: [{ id: perspective, title: "Perspective" }],
      criteria: Array.from({ length: criteria }, (_, place) => ({
        id: `C${place + 1}`,
        name: "Criterion",
        question: "",
        polarity: "more-is-better",
        perspective,
      })),
    },
    policies: Array.from({ length: policies }, (_, place) => ({
      id: `P${place + 1}`,
      title: "Policy",
      description: "",
    })),
    protocol: { minScores: 5 },
  };
}

function passOver(scores: readonly (number | null)[], times: number): number {
  let sum = 0;
  for (let time = 0; time < times; time += 1) {
    for (const score of scores) sum += score ?? 0;
  }
  return sum;
}
