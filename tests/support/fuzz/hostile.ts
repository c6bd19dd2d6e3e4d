import fc from "fast-check";

/** Texts that have broken programs before. */
const hostileTexts: readonly string[] = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udc00\ud800",
  "\ufeff",
  "\u202eabc\u2066",
  "\u200b",
  "\u0007",
  "\r\n",
  "a\tb",
  "null",
  "undefined",
  "NaN",
  "true",
  "0",
  "-0",
  "-1",
  "1e309",
  "9007199254740993",
  "99999999999999999999",
  "\u2212" + "1",
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "then",
  "../../../../etc/passwd",
  "//evil.example",
  "/\\evil.example",
  "javascript:alert(1)",
  "<script>alert(1)</script>",
  "'; drop table app_user; --",
  "\\",
  "\"'`",
  "%00",
  "%",
  "%zz",
  "{{7*7}}",
  "=1+1",
  "\u{1f469}\u200d\u{1f469}\u200d\u{1f467}",
  "Z\u0351\u036b\u0343\u036a\u0302".repeat(20),
  "\u0130\u0131\ufb03\ufdfa",
  "x".repeat(256),
  "x".repeat(8_001),
  "\ufdfa".repeat(2_000),
  "(((((((((((((((((((((((((((((a".repeat(20),
  "a@".repeat(200),
  "00000000-0000-4000-8000-000000000000",
  "2026-11-23T25:61:61Z",
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.array(fc.constantFrom(...hostileTexts), { minLength: 2, maxLength: 3 }).map((texts) => texts.join("")),
);

/** Stands for arrays in arrays, put into the text at the end: no serializer goes so deep. */
export const deepMark = "@deep@";

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -0,
    -1,
    0.5,
    1e300,
    5e-324,
    2 ** 53,
    -(2 ** 53),
    2 ** 31,
    {},
    [],
    [[]],
    deepMark,
  ),
  fc.array(fc.constant(0), { minLength: 300, maxLength: 2_000 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Percent-encoded as UTF-8; broken characters become bytes that are none. */
export function percentEncoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return "%ED%A0%80%FF";
  }
}
