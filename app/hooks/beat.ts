interface BeatOptions {
  readonly send: () => void;
  /** Milliseconds that only grow. */
  readonly now: () => number;
}

const everyMs = 5 * 60 * 1000;

/**
 * Tells the server, at most every five minutes, that somebody is at work. The page itself was opened by a person, so
 * the first time is five minutes later.
 *
 * @returns to be called whenever a person does something
 */
export function makeBeat({ send, now }: BeatOptions): () => void {
  let last = now();
  return () => {
    if (now() - last < everyMs) return;
    last = now();
    send();
  };
}
