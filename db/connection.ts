import postgres from "postgres";
import { isConnectionLost } from "./unavailable.ts";

export type Parameter = string | number | boolean | null | Uint8Array;
export type Row = Record<string, unknown>;

/**
 * One session with PostgreSQL, and never more than one: once it is lost it stays lost. The driver by itself would
 * connect again and go on in the middle of a transaction that no longer exists, or write to a socket that is gone,
 * which ends the process. So each session has a driver of its own, which is thrown away with the session.
 */
export interface Connection {
  isLost(): boolean;
  /** Statements that are started together are done in that order. */
  rows(text: string, parameters?: readonly Parameter[]): Promise<Row[]>;
  /** The same without names: each row's values in the order of the columns. */
  values(text: string, parameters?: readonly Parameter[]): Promise<unknown[][]>;
  /** Many statements in one text. */
  script(text: string): Promise<void>;
  /** Nobody uses it again: what state it is in is not certain. */
  discard(): void;
  end(): Promise<void>;
}

/** `idle_timeout: 0` for work that may think for long between two statements. */
export function openConnection(url: string, more: { readonly idle_timeout?: 0 } = {}): Connection {
  const sql = postgres(url, { ...settings, ...more, onclose: () => lose(new LostConnection()) });
  const waiting: Errand[] = [];
  const underWay = new Set<Errand>();
  const known = new Set<string>();
  let loss: Error | null = null;

  function lose(error: Error): void {
    loss ??= error;
    // The driver forgets a statement that was sent between a socket's error and its close.
    for (const errand of [...underWay, ...waiting.splice(0)]) errand.fail(loss);
  }

  function sendNext(): void {
    for (let next = waiting[0]; next && mayGo(next, underWay, known); next = waiting[0]) {
      waiting.shift();
      underWay.add(next);
      void next.go();
    }
  }

  function run<Found>(text: string, size: number, send: () => Promise<Found>): Promise<Found> {
    return new Promise((resolve, reject) => {
      if (loss !== null) {
        reject(loss);
        return;
      }
      const errand: Errand = { text, size, fail: reject, go };
      async function go(): Promise<void> {
        try {
          resolve(await send());
          known.add(text);
        } catch (error) {
          reject(error);
          if (error instanceof Error && isConnectionLost(error)) lose(error);
        }
        underWay.delete(errand);
        sendNext();
      }
      waiting.push(errand);
      sendNext();
    });
  }

  // Even one without parameters is prepared: the driver's simple protocol cannot be sent ahead.
  const statement = (text: string, parameters: readonly Parameter[]) => sql.unsafe(text, [...parameters], sent);
  return {
    isLost: () => loss !== null,
    rows: (text, parameters = []) => run(text, sizeOf(parameters), async () => await statement(text, parameters)),
    values: (text, parameters = []) =>
      run(text, sizeOf(parameters), async () => await statement(text, parameters).values()),
    script: (text) =>
      run(text, text.length, async () => {
        await sql.unsafe(text).simple();
      }),
    discard: () => lose(new LostConnection()),
    end: () => sql.end({ timeout: 1 }),
  };
}

const sent = { prepare: true, simple: false };

/** A statement on its way. */
interface Errand {
  readonly text: string;
  readonly size: number;
  go(): Promise<void>;
  fail(error: Error): void;
}

const mostAhead = 20;
const mostCharactersAhead = 8_000;

/**
 * Statements are sent ahead of their predecessors' answers where the driver passes them straight on: what it keeps back
 * (a text it has yet to prepare, more than the socket takes) it would send on its next session, after a loss.
 */
function mayGo(next: Errand, underWay: ReadonlySet<Errand>, known: ReadonlySet<string>): boolean {
  if (underWay.size === 0) return true;
  const ahead = [...underWay, next];
  const size = ahead.reduce((sum, errand) => sum + errand.size, 0);
  return ahead.length <= mostAhead && size <= mostCharactersAhead && ahead.every(({ text }) => known.has(text));
}

function sizeOf(parameters: readonly Parameter[]): number {
  return parameters.reduce<number>(
    (sum, value) => sum + 40 + (typeof value === "object" ? 1000 : String(value).length),
    0,
  );
}

class LostConnection extends Error {
  readonly code = "CONNECTION_CLOSED";

  constructor() {
    super("The connection to the database was lost.");
  }
}

const isoTime = {
  to: 1184,
  from: [1184],
  serialize: (text: string) => text,
  parse: (text: string) => new Date(text).toISOString(),
};
/** Drizzle hands over JSON columns as text already. */
const jsonText = {
  to: 3802,
  from: [114, 3802],
  serialize: (text: string) => text,
  parse: (text: string): unknown => JSON.parse(text),
};
const wholeNumber = { to: 20, from: [20], serialize: (value: number) => String(value), parse: Number };

const settings = {
  max: 1,
  // Nobody would catch its failure when a session ends while it begins. Drizzle reads and writes arrays by itself.
  fetch_types: false,
  connect_timeout: 5,
  idle_timeout: 60,
  // It would not notice a transaction and might end the session in the middle of one.
  max_lifetime: null,
  onnotice: () => {},
  types: { time: isoTime, json: jsonText, bigint: wholeNumber },
  connection: {
    application_name: "concord",
    statement_timeout: 5_000,
    idle_in_transaction_session_timeout: 10_000,
    lock_timeout: 10_000,
  },
};
