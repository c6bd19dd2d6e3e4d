import { setTimeout as pause } from "node:timers/promises";

const GLANCE_MS = 10;

/** Asks again and again until there is an answer; throws the sentence when `seconds` have passed without one. */
export async function until<T>(answer: () => T | undefined, limit: { seconds: number; sentence: string }): Promise<T> {
  const deadline = Date.now() + limit.seconds * 1000;
  for (;;) {
    const found = answer();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(limit.sentence);
    await pause(GLANCE_MS);
  }
}
