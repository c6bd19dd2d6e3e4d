import { Refusal } from "../refusal.ts";

export type Turnstile = <Result>(work: () => Promise<Result>) => Promise<Result>;

interface TurnstileOptions {
  readonly mostAtOnce: number;
  readonly mostWaiting: number;
  /** How long one waits for its turn, in ms. */
  readonly patienceMs: number;
}

/**
 * Lets so many pieces of work run at once and so many wait, in the order they came.
 * @returns refuses with 503 whoever finds the waiting room full or has waited too long
 */
export function makeTurnstile({ mostAtOnce, mostWaiting, patienceMs }: TurnstileOptions): Turnstile {
  const waiting = new Set<() => void>();
  let running = 0;

  function turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        clearTimeout(tired);
        waiting.delete(enter);
        // Taken over from whoever leaves, so that nobody slips in between.
        resolve();
      };
      const tired = setTimeout(() => {
        waiting.delete(enter);
        reject(busy());
      }, patienceMs);
      waiting.add(enter);
    });
  }

  function leave(): void {
    const [next] = waiting;
    if (next) next();
    else running -= 1;
  }

  return async function pass(work) {
    if (running < mostAtOnce) running += 1;
    else if (waiting.size < mostWaiting) await turn();
    else throw busy();
    return work().finally(leave);
  };
}

function busy(): Refusal {
  return new Refusal(503, "Many people are signing in. Try again in a few seconds.", { retryAfterSeconds: 5 });
}
