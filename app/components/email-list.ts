/** The addresses in a text where they are separated by spaces, commas, semicolons or lines. */
export function splitEmails(text: string): string[] {
  return text.split(/[\s,;]+/).filter((email) => email !== "");
}
