import { Refusal } from "./refusal.ts";

/** How often somebody may do something, each counted alone. In this process only: each node counts its own. */
export interface Rate {
  /**
   * Takes one, or as many as it costs.
   * @throws Refusal 429 when there are not so many left; it says when there will be
   */
  take(who: string, count?: number): void;
}

export interface RateOptions {
  readonly perSecond: number;
  /** How many may come at once after a quiet while. */
  readonly burst: number;
  /** What to say to whoever comes too often. */
  readonly sentence: string;
}

interface Bucket {
  left: number;
  filledAt: number;
}

const mostBuckets = 10_000;

/** A bucket for each: it fills at the rate, holds a burst, and refuses when it is empty. */
export function makeRate({ perSecond, burst, sentence }: RateOptions): Rate {
  const buckets = new Map<string, Bucket>();

  function filled({ left, filledAt }: Bucket, now: number): number {
    return Math.min(burst, left + ((now - filledAt) * perSecond) / 1000);
  }

  /** A full bucket says nothing that a new one would not. Where none is full, the one longest unused goes. */
  function makeRoom(now: number): void {
    for (const [who, bucket] of buckets) if (filled(bucket, now) >= burst) buckets.delete(who);
    for (const who of buckets.keys()) {
      if (buckets.size < mostBuckets) return;
      buckets.delete(who);
    }
  }

  return {
    take(who, count = 1) {
      const now = performance.now();
      const bucket = buckets.get(who);
      const left = bucket ? filled(bucket, now) : burst;
      if (left < count) throw tooOften(sentence, (count - left) / perSecond);
      if (!bucket && buckets.size >= mostBuckets) makeRoom(now);
      // Those used last stand last.
      buckets.delete(who);
      buckets.set(who, { left: left - count, filledAt: now });
    },
  };
}

function tooOften(sentence: string, seconds: number): Refusal {
  return new Refusal(429, sentence, { retryAfterSeconds: Math.ceil(seconds) });
}
