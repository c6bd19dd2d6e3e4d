import { type Typed, textAt } from "./typed.ts";

/** Why a form was not accepted, in words, with what was typed so that nothing is lost. */
export interface RefusalView {
  readonly status: number;
  readonly sentence: string;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  /** For a stale write: the author's own newer version. */
  readonly current: unknown;
  /** The fields as sent, without passwords. */
  readonly typed: Typed;
}

/** On a page of several forms: the refusal, if it answers the form that has this field. */
export function refusalOf(refusal: RefusalView | undefined, field: string): RefusalView | undefined {
  return refusal !== undefined && Object.hasOwn(refusal.typed, field) ? refusal : undefined;
}

/** The message for one field, if it is at fault. */
export function errorAt(refusal: RefusalView | undefined, path: string): string | undefined {
  return refusal?.errors.find((error) => error.path === path)?.message;
}

/** What was typed at a dotted path, else what stood there before. */
export function typedAt(refusal: RefusalView | undefined, path: string, before = ""): string {
  return textAt(refusal?.typed, path, before);
}
