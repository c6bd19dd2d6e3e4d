import { setTimeout as pause } from "node:timers/promises";
import type { CellId } from "#rubric/rubric.ts";
import { onDatabase } from "./tables.ts";

/** Reviewers who save score after score, whatever happens to the server meanwhile. */
export interface Writers {
  /** The texts that were acknowledged: each is one write, and in the database once. */
  readonly acknowledged: ReadonlySet<string>;
  /** How often each status was answered; 0 stands for no answer at all. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Answers of 503 that did not say when to come again. */
  readonly withoutRetryAfter: number;
  /** An answer that no repeat will make better; then nobody writes any more. */
  readonly fault: string | null;
  /** Lets each finish what it has begun. */
  stop(): Promise<void>;
}

export interface WritersAt {
  /** Where the server listens now. */
  url(): string;
  readonly panelId: string;
  /** Sessions of reviewers with an open sheet. */
  readonly tokens: readonly string[];
  readonly cells: readonly CellId[];
  /** How many work at once. */
  readonly writers: number;
  /** Between 0 and 1, each time another. */
  chance(): number;
}

interface Sheet {
  readonly token: string;
  readonly cell: CellId;
  version: number;
}

interface State {
  isOver: boolean;
  withoutRetryAfter: number;
  count: number;
  fault: string | null;
}

const againAfterMs = 20;
/** Nobody is there; the machine has better things to do than to be asked. */
const longAfterMs = 100;
/** What a later repeat may find otherwise: no answer at all, too much at once, and what the server could not do now. */
const mayPass = (status: number) => status === 0 || status === 409 || status === 429 || status >= 500;

/**
 * Every write has a text and a key of its own and is sent again with the same key until it is acknowledged, as a client does
 * that does not know what became of it.
 */
export function startWriters(at: WritersAt): Writers {
  const acknowledged = new Set<string>();
  const statuses = new Map<number, number>();
  const state: State = { isOver: false, withoutRetryAfter: 0, count: 0, fault: null };
  const sheets = at.tokens.flatMap((token) => at.cells.map((cell): Sheet => ({ token, cell, version: 0 })));

  async function send(sheet: Sheet, write: { text: string; value: number }): Promise<Response | null> {
    const { policyId, criterionId } = sheet.cell;
    const headers = {
      authorization: `Bearer ${sheet.token}`,
      "content-type": "application/json",
      "idempotency-key": write.text,
    };
    const body = JSON.stringify({ value: write.value, rationale: write.text, version: sheet.version });
    const path = `/api/v1/panels/${at.panelId}/scores/${policyId}/${criterionId}`;
    return fetch(at.url() + path, { method: "PUT", headers, body }).catch(() => null);
  }

  function note(answer: Response | null): void {
    const status = answer?.status ?? 0;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status === 503 && !/^\d+$/.test(answer?.headers.get("retry-after") ?? "")) state.withoutRetryAfter += 1;
  }

  async function noteFault(answer: Response | null): Promise<void> {
    if (!answer || answer.ok || mayPass(answer.status)) return;
    state.isOver = true;
    state.fault ??= `${answer.status} ${await answer.text().catch(() => "")}`;
  }

  /** Until somebody says what became of it, or nobody is there to say so any more. */
  async function write(sheet: Sheet): Promise<void> {
    state.count += 1;
    const one = { text: `write-${state.count}`, value: Math.floor(at.chance() * 5) - 2 };
    for (;;) {
      const answer = await send(sheet, one);
      note(answer);
      const body =
        answer && (answer.status === 200 || answer.status === 409) ? await answer.json().catch(() => null) : null;
      if (answer?.status === 200 && body) {
        sheet.version = body.version;
        acknowledged.add(one.text);
        return;
      }
      if (answer?.status === 409 && body) {
        sheet.version = body.current.version;
        return;
      }
      await noteFault(answer);
      if (state.isOver) return;
      await pause(answer ? againAfterMs : longAfterMs);
    }
  }

  async function work(first: number): Promise<void> {
    for (let index = first; !state.isOver; index = (index + at.writers) % sheets.length) {
      const sheet = sheets[index];
      if (sheet) await write(sheet);
    }
  }

  // Sheet by sheet nobody meets anybody: the number of sheets is a multiple of the number of writers.
  if (sheets.length % at.writers !== 0) throw new Error("The writers would get into each other's sheets.");
  const working = Array.from({ length: at.writers }, (_, first) => work(first));
  return {
    acknowledged,
    statuses,
    get withoutRetryAfter() {
      return state.withoutRetryAfter;
    },
    get fault() {
      return state.fault;
    },
    async stop() {
      state.isOver = true;
      await Promise.all(working);
    },
  };
}

/** Acknowledged writes that are not in the database, and writes that are in it twice. */
export async function lostAndDoubled(
  databaseUrl: string,
  panelId: string,
  acknowledged: ReadonlySet<string>,
): Promise<{ lost: string[]; doubled: string[] }> {
  const rows = await onDatabase(
    databaseUrl,
    (sql) => sql<{ text: string; n: number }[]>`
      select rationale as text, count(*)::int as n from score_revision where panel_id = ${panelId} group by rationale`,
  );
  const found = new Map(rows.map(({ text, n }) => [text, n]));
  return {
    lost: [...acknowledged].filter((text) => !found.has(text)),
    doubled: [...found].flatMap(([text, n]) => (n > 1 ? [text] : [])),
  };
}
