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
  /** Whether the database has ever answered on it. */
  wasReached(): boolean;
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

export interface ConnectionOptions {
  /** For work of its own: it may think for long between two statements, and its statements may take long. */
  readonly isPatient?: boolean;
}

export function openConnection(url: string, { isPatient = false }: ConnectionOptions = {}): Connection {
  const patience = isPatient ? { idle_timeout: 0 } : {};
  const sql = postgres(url, { ...settings, ...patience, onclose: () => lose(new LostConnection()) });
  const waiting: Errand[] = [];
  const underWay = new Set<Errand>();
  const known = new Set<string>();
  let loss: Error | null = null;
  let isReached = false;

  function lose(error: Error): void {
    loss ??= error;
    // The driver forgets a statement that was sent between a socket's error and its close.
    for (const errand of [...underWay, ...waiting.splice(0)]) errand.fail(loss);
  }

  /** An answer, be it an error, is a sign of life. */
  async function unlessSilent<Found>(answer: Promise<Found>): Promise<Found> {
    const silence = isPatient ? undefined : setTimeout(() => lose(new LostConnection()), longestSilenceMs);
    const found = await answer.finally(() => clearTimeout(silence));
    isReached = true;
    return found;
  }

  function fail(error: unknown): void {
    if (error instanceof Error && isConnectionLost(error)) lose(error);
    else isReached = true;
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
          resolve(await unlessSilent(send()));
          known.add(text);
        } catch (error) {
          reject(error);
          fail(error);
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
    wasReached: () => isReached,
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

/**
 * PostgreSQL itself ends what takes too long. Where it does not even say that, the network is broken or the server stands
 * still: then whoever waits is told so before their request is given up.
 */
const longestSilenceMs = 13_000;

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
  connect_timeout: 3,
  idle_timeout: 60,
  // It would not notice a transaction and might end the session in the middle of one.
  max_lifetime: null,
  onnotice: () => {},
  types: { time: isoTime, json: jsonText, bigint: wholeNumber },
  connection: {
    application_name: "concord",
    statement_timeout: 5_000,
    idle_in_transaction_session_timeout: 10_000,
    lock_timeout: 3_000,
  },
};
