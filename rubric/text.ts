import { z } from "zod";

const controls = /(?![\n\t])\p{Cc}/u;
/** Bidirectional controls, zero-width and filler characters, line separators; variation selectors belong to emoji. */
const invisible = /(?![\ufe00-\ufe0f\u{e0100}-\u{e01ef}])\p{Default_Ignorable_Code_Point}|[\p{Zl}\p{Zp}\ufff9-\ufffb]/u;

/**
 * A text that people write: any characters but control characters (line feed and tab are allowed).
 * Ill-formed Unicode is refused, since it cannot be stored or hashed faithfully.
 *
 * @param most the greatest number of UTF-16 code units
 */
export function longText(most: number) {
  return z
    .string()
    .max(most, `Use at most ${most} characters.`)
    .transform((text) => text.replaceAll("\r\n", "\n"))
    .refine(isWellFormed, "This text holds a broken character. Type it again.")
    .refine((text) => !controls.test(text), "This text holds a control character. Remove it.");
}

/** A name or title: one line, not blank, without characters that hide or reorder others. */
export function name(most: number) {
  return z
    .string()
    .max(most, `Use at most ${most} characters.`)
    .transform((text) => text.trim())
    .refine((text) => text.length > 0, "Fill this in.")
    .refine(isWellFormed, "This text holds a broken character. Type it again.")
    .refine((text) => !/[\n\t]/.test(text) && !controls.test(text), "Use one line of plain text.")
    .refine((text) => !invisible.test(text), "This text holds an invisible character. Remove it.");
}

/** The short ids that a rubric gives its criteria and policies, such as `P1`. */
export const shortId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, "Use 1 to 40 letters, digits, - or _.");

/** The address of a page on the web, for a link that people follow. */
export const webAddress = z
  .url({ protocol: /^https?$/ })
  .max(2048)
  .refine(
    (text) => !/[\s\p{Cc}\p{Cs}]/u.test(text) && !invisible.test(text),
    "An address holds no spaces and nothing invisible.",
  );

export const email = z
  .string()
  .max(254, "Use at most 254 characters.")
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.email("Write an e-mail address such as name@example.org."));

export function isWellFormed(text: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}
