import type { Db } from "./open.ts";
import { isUnavailable } from "./unavailable.ts";

/** One statement that answers many questions, each in its place. */
type AskAll<Asked, Answer> = (db: Db, asked: readonly Asked[]) => Promise<readonly Answer[]>;

/**
 * Asks one question of many who ask at the same time: whoever comes while a statement of the same group is under way
 * goes with the next. Nobody waits for company, so a quiet server asks one by one, and a busy one makes fewer trips.
 * `group` separates those who must not wait for one another.
 */
export type Together = <Asked, Answer>(askAll: AskAll<Asked, Answer>, asked: Asked, group?: string) => Promise<Answer>;

/** More than these at once would only make each of them wait longer. */
const mostAtOnce = 100;

interface Waiting<Asked, Answer> {
  readonly asked: Asked;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

export function makeTogether(pool: Db): Together {
  // Who waits behind a statement under way, by what is asked and by group; no entry while nothing is.
  const queues = new Map<unknown, Map<string, Waiting<never, never>[]>>();

  function queuesOf<Asked, Answer>(askAll: AskAll<Asked, Answer>): Map<string, Waiting<Asked, Answer>[]> {
    const known = queues.get(askAll) ?? new Map<string, Waiting<never, never>[]>();
    queues.set(askAll, known);
    // A queue holds only what its own question was asked with.
    return known as unknown as Map<string, Waiting<Asked, Answer>[]>;
  }

  /** Ends in the same breath in which it finds nobody waiting, so that nobody joins a queue that has ended. */
  async function serve<Asked, Answer>(askAll: AskAll<Asked, Answer>, group: string): Promise<void> {
    const byGroup = queuesOf(askAll);
    const queue = byGroup.get(group) ?? [];
    while (queue.length > 0) await answer(pool, askAll, queue.splice(0, mostAtOnce));
    byGroup.delete(group);
    if (byGroup.size === 0) queues.delete(askAll);
  }

  return <Asked, Answer>(askAll: AskAll<Asked, Answer>, asked: Asked, group = "") =>
    new Promise<Answer>((resolve, reject) => {
      const byGroup = queuesOf(askAll);
      const queue = byGroup.get(group);
      if (queue) {
        queue.push({ asked, resolve, reject });
        return;
      }
      byGroup.set(group, [{ asked, resolve, reject }]);
      void serve(askAll, group);
    });
}

async function answer<Asked, Answer>(pool: Db, askAll: AskAll<Asked, Answer>, batch: Waiting<Asked, Answer>[]) {
  try {
    const answers = await askAll(
      pool,
      batch.map(({ asked }) => asked),
    );
    for (const [index, found] of answers.entries()) batch[index]?.resolve(found);
  } catch (error) {
    // What is wrong with one must not fail the others; but when the outcome is unknown nothing is done twice.
    if (batch.length === 1 || isUnavailable(error)) for (const { reject } of batch) reject(error);
    else await Promise.all(batch.map((one) => answer(pool, askAll, [one])));
  }
}
