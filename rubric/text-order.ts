/** Order by UTF-16 code unit, but runs of digits by their number: "Reviewer 9" before "Reviewer 10". No locale. */
export function compareText(left: string, right: string): number {
  const pad = (text: string) => text.replace(/\d+/g, (digits) => digits.padStart(12, "0"));
  const [a, b] = [pad(left), pad(right)];
  return a < b ? -1 : Number(a > b);
}
