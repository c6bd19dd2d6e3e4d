import { errorAt, type RefusalView } from "./refusal-view.ts";
import { type Typed, textAt } from "./typed.ts";

/** A form as it stands: what is typed, and what was refused of it. */
export interface FormState {
  readonly typed: Typed;
  readonly refusal: RefusalView | undefined;
}

/** Name, value and error of one field, by its dotted path. */
export function bound(
  state: FormState,
  path: string,
  before = "",
): { name: string; defaultValue: string; error: string | undefined } {
  return { name: path, defaultValue: textAt(state.typed, path, before), error: errorAt(state.refusal, path) };
}

/** Whether anything below a path was refused, so that what is folded away must be opened. */
export function hasErrorBelow(state: FormState, path: string): boolean {
  return state.refusal?.errors.some((error) => error.path.startsWith(path)) ?? false;
}
