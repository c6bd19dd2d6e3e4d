import type { PolicyOrder } from "#rubric/analysis/policy-order.ts";
import { rankRange, rankRangeSentence } from "#rubric/analysis/rank-range.ts";
import styles from "./rank-ranges.module.css";

const row = 32;
const top = 24;
/** Room for the policies' ids, of 100. */
const names = 12;

/** Where each policy falls in 9 of 10 resamples of the reviewers; a ring on the rank it has most often. */
export function RankRanges({ order }: { order: PolicyOrder }) {
  const ranges = order.policies.flatMap(({ policyId, rankProbability }) =>
    rankProbability === null ? [] : [{ policyId, ...rankRange(rankProbability) }],
  );
  if (ranges.length === 0) return null;
  const ranks = order.policies.map((_, place) => place + 1);
  const sorted = [...ranges].sort((left, right) => left.likeliest - right.likeliest || left.best - right.best);
  const across = (rank: number) => `${names + ((100 - names) * (rank - 0.5)) / ranks.length}%`;
  return (
    <figure className={styles.figure}>
      <figcaption>
        Rank of each policy in 9 of 10 resamples of the reviewers; the ring is the rank it has most often.
      </figcaption>
      <svg
        className={styles.plot}
        width="100%"
        height={top + row * sorted.length}
        role="img"
        aria-label={sorted.map(rankRangeSentence).join(" ")}
      >
        {ranks.map((rank) => (
          <g key={rank}>
            <line x1={across(rank)} x2={across(rank)} y1={top} y2="100%" className={styles.line} />
            <text x={across(rank)} y={top - 8} className={styles.rank}>
              {rank}
            </text>
          </g>
        ))}
        {sorted.map(({ policyId, best, worst, likeliest }, place) => {
          const y = top + row * place + row / 2;
          return (
            <g key={policyId}>
              <text y={y} className={styles.name}>
                {policyId}
              </text>
              <line x1={across(best)} x2={across(worst)} y1={y} y2={y} className={styles.bar} />
              <circle cx={across(likeliest)} cy={y} r="6" className={styles.ring} />
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
