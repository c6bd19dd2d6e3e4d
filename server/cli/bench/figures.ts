/** What was measured of one server: how many in how long, and how long each took, in milliseconds. */
export interface Sample {
  readonly seconds: number;
  readonly times: readonly number[];
}

export interface Figures {
  readonly count: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export function figuresOf(samples: readonly Sample[]): Figures {
  const times = samples.flatMap((sample) => [...sample.times]).sort((left, right) => left - right);
  const seconds = samples.reduce((sum, sample) => sum + sample.seconds, 0);
  return {
    count: times.length,
    perSecond: rounded(times.length / seconds),
    p50Ms: rounded(quantile(times, 0.5)),
    p99Ms: rounded(quantile(times, 0.99)),
  };
}

export function rounded(value: number): number {
  return Math.round(100 * value) / 100;
}

/** Nearest rank, of values in order. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
