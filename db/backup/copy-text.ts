/** Rows as `copy` writes and reads them: values apart by tabs, with what would break a line behind a backslash. */

/** The line of a `copy` that is no row but the end of its table. */
export const endOfCopy = "\\.";

/** The line of one row; `null` for what is absent. */
export function lineOf(values: readonly (string | null)[]): string {
  return values.map(fieldOf).join("\t");
}

/** The values of one line. */
export function valuesOf(line: string): (string | null)[] {
  return line.split("\t").map(readField);
}

const signs: Readonly<Record<string, string>> = { "\\": "\\", "\n": "n", "\r": "r", "\t": "t" };
const meanings: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function fieldOf(value: string | null): string {
  return value === null ? "\\N" : value.replaceAll(/[\\\n\r\t]/g, (sign) => `\\${signs[sign] ?? sign}`);
}

function readField(field: string): string | null {
  if (field === "\\N") return null;
  return field.includes("\\") ? field.replaceAll(/\\(.)/g, (_all, sign: string) => meanings[sign] ?? sign) : field;
}
