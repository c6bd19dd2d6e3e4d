/** Whether a person may do a thing now; a refusal carries the sentence that person reads. */
export type Ruling = { readonly allowed: true } | { readonly allowed: false; readonly sentence: string };

export const allowed: Ruling = { allowed: true };

export function refused(sentence: string): Ruling {
  return { allowed: false, sentence };
}
