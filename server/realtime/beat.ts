import type { Logger } from "pino";

export interface Beat {
  /** Works now, or once more right after the work under way: what that read may be older than this request. */
  soon(): void;
  stop(): Promise<void>;
}

export interface BeatOptions {
  readonly everyMs: number;
  readonly work: () => Promise<void>;
  /** What to log, once, when the work begins to fail. It is tried again at the next beat. */
  readonly failing: string;
  readonly log: Logger;
}

/** Does the work again and again, never twice at once. */
export function makeBeat({ everyMs, work, failing, log }: BeatOptions): Beat {
  let running: Promise<void> | null = null;
  let isAskedAgain = false;
  let isFailing = false;
  const timer = setInterval(() => running ?? begin(), everyMs);

  function begin(): void {
    running = workOn().finally(() => {
      running = null;
      if (isAskedAgain) begin();
    });
  }

  async function workOn(): Promise<void> {
    isAskedAgain = false;
    try {
      await work();
      isFailing = false;
    } catch (error) {
      if (!isFailing) log.warn({ err: error }, failing);
      isFailing = true;
    }
  }

  return {
    soon() {
      if (running === null) begin();
      else isAskedAgain = true;
    },
    async stop() {
      clearInterval(timer);
      isAskedAgain = false;
      await running;
    },
  };
}
