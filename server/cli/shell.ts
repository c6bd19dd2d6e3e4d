import { isUnavailable } from "#db/unavailable.ts";

/** Where a command's answer and its complaints go, and where its settings come from. */
export interface Shell {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Of the process, unless given. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** What was checked turned out to be false; the command has printed what it found. */
export class CheckedFalse extends Error {
  override readonly name = "CheckedFalse";
}

/** An error in the words a person reads. A failed query's own message would quote what people wrote. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (isUnavailable(error)) return "The database cannot be reached now: check that it runs, then try again.";
  return "query" in error && error.cause instanceof Error
    ? `The database refused: ${error.cause.message}`
    : error.message;
}
