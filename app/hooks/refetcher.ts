export interface Refetcher {
  /** Something changed: refetch soon. Requests that come together are one. */
  request(): void;
  stop(): void;
}

interface RefetcherOptions {
  readonly refetch: () => Promise<void>;
  /** How long to wait for further changes, in ms; called once per refetch. */
  readonly delay?: () => number;
  readonly isVisible?: () => boolean;
}

/** 250 ms for changes that come together, and up to 750 ms so that a whole panel does not ask at once. */
const calmDelay = () => 250 + 750 * Math.random();

/**
 * Coalesces refetches: one in flight and at most one waiting. In a hidden tab nothing is fetched; call `request` again when
 * it shows.
 */
export function createRefetcher({ refetch, delay = calmDelay, isVisible = () => true }: RefetcherOptions): Refetcher {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isFlying = false;
  let isWanted = false;
  const run = async () => {
    timer = undefined;
    if (!isWanted || !isVisible()) return;
    isWanted = false;
    isFlying = true;
    // A failed refetch is not repeated by itself: the next announcement or poll asks again.
    await refetch().catch(() => {});
    isFlying = false;
    plan();
  };
  const plan = () => {
    if (isWanted && !isFlying && timer === undefined) timer = setTimeout(run, delay());
  };
  return {
    request() {
      isWanted = true;
      plan();
    },
    stop() {
      isWanted = false;
      clearTimeout(timer);
    },
  };
}
