const mark: unique symbol = Symbol.for("concord.refusal");

/** What keeps a request from being done, in words for the person who asked. Thrown at the shell, never in `rubric/`. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly [mark] = true;
  readonly status: RefusalStatus;
  /** For invalid input: the fields, by path. */
  readonly errors: readonly FieldError[];
  /** For a stale write: the caller's own newer version of the thing. */
  readonly current: unknown;
  readonly retryAfterSeconds: number | null;

  constructor(status: RefusalStatus, detail: string, more: RefusalMore = {}) {
    super(detail);
    this.status = status;
    this.errors = more.errors ?? [];
    this.current = more.current;
    this.retryAfterSeconds = more.retryAfterSeconds ?? null;
  }

  /** Pages and server are built apart, each with this class in it: one knows the other's refusals by their mark. */
  static override [Symbol.hasInstance](thing: unknown): boolean {
    return typeof thing === "object" && thing !== null && mark in thing;
  }
}

export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503;

export interface FieldError {
  readonly path: string;
  readonly message: string;
}

interface RefusalMore {
  readonly errors?: readonly FieldError[];
  readonly current?: unknown;
  readonly retryAfterSeconds?: number;
}

/** The same answer for what does not exist and for what this person may not know of. */
export function notFound(): Refusal {
  return new Refusal(404, "There is nothing here, or it is not yours to see.");
}

/** One field is at fault; a form shows the reason beside it. */
export function invalidField(path: string, message: string): Refusal {
  return invalid("1 field needs another look.", [{ path, message }]);
}

export function invalid(detail: string, errors: readonly FieldError[]): Refusal {
  return new Refusal(422, detail, { errors });
}
