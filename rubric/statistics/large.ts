import { agreementWeights } from "./agreement-weights.ts";
import { entryAt } from "./arrays.ts";
import { coincidences } from "./coincidences.ts";
import { crossedSums } from "./crossed-sums.ts";
import { measuredFrom } from "./figure.ts";
import { gwetOf } from "./gwet-ac.ts";
import { icc } from "./icc.ts";
import { onewayIcc } from "./icc-oneway-unbalanced.ts";
import { kendallW } from "./kendall-w.ts";
import { alphasOf } from "./krippendorff-alpha.ts";
import { type Measured, type Reason, undefinedFor } from "./measured.ts";
import { pairCounts } from "./pair-counts.ts";
import { type Ratings, scoreTable } from "./score-table.ts";
import { type Tallies, tallyItems } from "./tallies.ts";
import { varianceComponents } from "./variance-components.ts";

const COMPLETE_KEYS = [
  ...["ICC1_1", "ICC2_1", "ICC3_1", "ICC1_k", "ICC2_k", "ICC3_k", "ICC2_1_ci", "ICC3_1_ci"],
  "kendallW",
];

/**
 * The figures of a whole table at once, each as its own measure has it, under the names of the table of measures. Those
 * that want a complete table are `incomplete` where there is a hole. `counts` are the scores by level, `firstRow10` the
 * first reviewer's first ten.
 *
 * @example large([[1, 2, 3], [1, 2, 3]], [1, 2, 3]).values.alpha_ordinal // 1
 */
export function large(ratings: Ratings, levels: readonly number[]): Measured {
  const tallies = tallyItems(scoreTable(ratings, levels));
  const pairs = pairCounts(tallies);
  const alphas = alphasOf(coincidences(pairs), levels);
  return joined([
    measuredFrom({ counts: countsIn(tallies), firstRow10: ratings[0]?.slice(0, 10) ?? [] }),
    renamed(alphas, {
      alpha_nominal: "nominal",
      alpha_ordinal: "ordinal",
      alpha_interval: "interval",
      alpha_ratio: "ratio",
    }),
    varianceComponents(ratings),
    renamed(onewayIcc(crossedSums(ratings)), { ICC1_n0: "ICC1_n0" }),
    renamed(gwetOf(pairs, agreementWeights(levels, "quadratic")), { gwetAC2_quadratic: "gwetAC" }),
    ...(ratings.every((row) => row.every((score) => score !== null))
      ? [
          renamed(icc(ratings), Object.fromEntries(COMPLETE_KEYS.slice(0, -1).map((key) => [key, key]))),
          renamed(kendallW(ratings), { kendallW: "W" }),
        ]
      : [undefinedFor(COMPLETE_KEYS, "incomplete")]),
  ]);
}

function countsIn({ levels, stride, slots }: Tallies): number[] {
  const counts = levels.map(() => 0);
  for (const [slot, count] of slots.entries()) {
    const level = (slot % stride) - 1;
    if (level >= 0 && level < counts.length) counts[level] = entryAt(counts, level) + count;
  }
  return counts;
}

/** Some figures of a measure, under other names. */
function renamed({ values, reasons }: Measured<object>, names: Readonly<Record<string, string>>): Measured {
  const held = new Map<string, unknown>(Object.entries(values));
  const renamedReasons: Record<string, Reason> = {};
  for (const [name, key] of Object.entries(names)) {
    const reason = reasons[key];
    if (reason !== undefined) renamedReasons[name] = reason;
  }
  return {
    values: Object.fromEntries(Object.entries(names).map(([name, key]) => [name, held.get(key) ?? null])),
    reasons: renamedReasons,
  };
}

function joined(parts: readonly Measured<object>[]): Measured {
  return {
    values: Object.fromEntries(parts.flatMap(({ values }) => Object.entries(values))),
    reasons: Object.fromEntries(parts.flatMap(({ reasons }) => Object.entries(reasons))),
  };
}
