/** A place in a source, and what stands there instead. */
export interface Change {
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** A guard to take away, and what must notice. */
export interface Fault extends Change {
  readonly name: string;
  /** Where a guard has a second one behind it: further changes, which only together take both away. */
  readonly also?: readonly Change[];
  /** Test files, as vitest takes them; `lint` where the linter is the guard. */
  readonly tests: readonly string[] | "lint";
  /** The tests look at built pages, and do not build them by themselves. */
  readonly isInPages?: true;
}

export function changesOf({ file, find, replace, also = [] }: Fault): readonly Change[] {
  return [{ file, find, replace }, ...also];
}

/** A file's text with a fault's change in it. */
export function weaken(text: string, { file, find, replace }: Change): string {
  const [before, after, ...more] = text.split(find);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`what is to be taken away is not in ${file} exactly once: ${find}`);
  return before + replace + after;
}
