/** Answers whether one more is within the rate. */
export type Allowance = () => boolean;

/** At most so many in any window of so many milliseconds. */
export function makeAllowance(rate: { most: number; withinMs: number }): Allowance {
  const taken: number[] = [];
  return () => {
    const now = performance.now();
    while (taken[0] !== undefined && taken[0] <= now - rate.withinMs) taken.shift();
    if (taken.length >= rate.most) return false;
    taken.push(now);
    return true;
  };
}
