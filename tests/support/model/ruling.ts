import type { Panel } from "./panel.ts";

/** What must come of a deed: the status of its answer and, where it is allowed, what it changes. */
export type Ruling =
  | { readonly status: 403 | 404 | 409 | 422; readonly why: string }
  | {
      readonly status: 200 | 201 | 204;
      change(panel: Panel): void;
      /** Whoever does the same once more gets the same answer: its name. */
      readonly answer?: string;
    };

export function refused(status: 403 | 404 | 409 | 422, why: string): Ruling {
  return { status, why };
}

export function done(status: 200 | 201 | 204, change: (panel: Panel) => void, answer?: string): Ruling {
  return { status, change, ...(answer === undefined ? {} : { answer }) };
}

/** What was answered before under this name is answered again, and nothing happens. */
export function again(answer: string): Ruling {
  return { status: 200, change: () => undefined, answer };
}
