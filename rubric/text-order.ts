/**
 * Order by UTF-16 code unit, but runs of digits by their number: "Reviewer 9" before "Reviewer 10". No locale. Only equal
 * texts are level, so that the order never depends on how they came.
 */
export function compareText(left: string, right: string): number {
  const pad = (text: string) => text.replace(/\d+/g, (digits) => digits.padStart(12, "0"));
  return compareUnits(pad(left), pad(right)) || compareUnits(left, right);
}

/** Order by UTF-16 code unit alone. */
export function compareUnits(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
