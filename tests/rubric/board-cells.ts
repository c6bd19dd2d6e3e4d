import { type Protocol, presets } from "#rubric/protocol.ts";
import { reconcile } from "#rubric/reconcile.ts";
import type { Rubric } from "#rubric/rubric.ts";
import { levelsOf, type Scale } from "#rubric/scale.ts";
import { cutCell } from "#rubric/view.ts";
import type { BoardCell } from "#rubric/views.ts";

/** Board cells and the rubric they belong to, for tests of words. */

export const fiveLevels: Scale = {
  min: -2,
  max: 2,
  step: 1,
  anchors: [
    { level: -2, name: "Strongly worsens" },
    { level: 0, name: "No clear effect" },
    { level: 1, name: "Somewhat improves" },
  ],
};
export const nineLevels: Scale = { min: 1, max: 9, step: 1, anchors: [] };

export const rubric: Rubric = {
  title: "Rubric",
  notices: [],
  comparators: [],
  scale: fiveLevels,
  perspectives: [
    { id: "ideological", title: "Ideological" },
    { id: "geopolitical", title: "Geopolitical" },
  ],
  criteria: [
    criterion({
      id: "I1",
      short: "Transparency",
      perspective: "ideological",
      effect: { low: "less transparency", high: "more transparency" },
    }),
    criterion({
      id: "I2",
      short: "Progress",
      perspective: "ideological",
      effect: { low: "slower progress", high: "faster progress" },
    }),
    criterion({
      id: "G1",
      short: "Misuse by China",
      perspective: "geopolitical",
      effect: { low: "more misuse", high: "less misuse" },
    }),
    criterion({ id: "G2", short: "Backdoor risk", perspective: "geopolitical" }),
  ],
};

function criterion(
  parts: Partial<Rubric["criteria"][number]> & { id: string; perspective: string },
): Rubric["criteria"][number] {
  return { name: parts.id, question: "", polarity: "more-is-better", ...parts };
}

export const misuse = rubric.criteria[2]!;

interface CellParts {
  readonly criterionId?: string;
  readonly policyId?: string;
  readonly cannotJudge?: number;
  readonly reviewers?: number;
  readonly scale?: Scale;
  readonly protocol?: Partial<Protocol>;
}

/** The board's cell for these counts, by the staff team's rule unless another is given. */
export function aCell(counts: readonly number[], parts: CellParts = {}): BoardCell {
  const {
    criterionId = "G1",
    policyId = "P1",
    cannotJudge = 0,
    scale = counts.length === 9 ? nineLevels : fiveLevels,
  } = parts;
  const tally = {
    counts: levelsOf(scale).map((_, index) => counts[index] ?? 0),
    cannotJudge,
    abstain: 0,
    recused: 0,
    absent: 0,
    reviewers: parts.reviewers ?? 9,
  };
  const protocol: Protocol = { preset: "staff-team", ...presets["staff-team"].parameters, ...parts.protocol };
  return cutCell(reconcile({ policyId, criterionId }, tally, { rubric: { ...rubric, scale }, protocol }));
}
