import { forms } from "./forms.ts";

/** One measure as `measure --list` tells of it. */
interface Listed {
  readonly measure: string;
  readonly wave: 1 | 2;
  readonly variants: readonly string[];
  readonly input: readonly string[];
  readonly params: readonly string[];
  readonly keys: readonly string[];
}

/** What can be asked for, by the name of the measure. */
export function listMeasures(): Listed[] {
  const names = [...new Set(forms.map(({ measure }) => measure))].sort();
  return names.map((measure) => {
    const own = forms.filter((form) => form.measure === measure);
    return {
      measure,
      wave: own.some(({ wave }) => wave === 1) ? 1 : 2,
      variants: own.map(({ name }) => name),
      input: allOf(own.map(({ fields, optional }) => [...fields, ...optional])),
      params: allOf(own.map(({ params }) => params)),
      keys: allOf(own.map(({ keys }) => keys)),
    };
  });
}

function allOf(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}
