import { describe, expect, test } from "vitest";
import { rubricInput } from "#rubric/templates/own-rubric.ts";
import { longText, name, webAddress } from "#rubric/text.ts";

const invisible: [string, string][] = [
  ["an Arabic letter mark", "\u061c"],
  ["a soft hyphen", "\u00ad"],
  ["a combining grapheme joiner", "\u034f"],
  ["a Hangul filler", "\u3164"],
  ["a zero-width space", "\u200b"],
  ["a zero-width joiner", "\u200d"],
  ["a right-to-left override", "\u202e"],
  ["a line separator", "\u2028"],
  ["a paragraph separator", "\u2029"],
  ["a first strong isolate", "\u2068"],
  ["an invisible plus", "\u2064"],
  ["a byte order mark", "\ufeff"],
  ["an interlinear anchor", "\ufff9"],
  ["a tag letter", "\u{e0041}"],
];
const broken: [string, string][] = [
  ["NUL", "\u0000"],
  ["a bell", "\u0007"],
  ["a delete", "\u007f"],
  ["a next-line control", "\u0085"],
  ["half a pair", "\ud83d"],
  ["the other half", "\ude00"],
];

describe("a name or title", () => {
  test.each([...invisible, ...broken, ["a line feed", "\n"], ["a tab", "\t"]])("refuses %s", (_what, sign) => {
    expect(name(40).safeParse(`Ada${sign}Lovelace`).success).toBe(false);
  });

  test.each(["Zoë Ng", "محمد", "Ş. Öz", "王小明", "Team ❤️", "👍🏽", "Nguyễn", "A-1 (b)"])("takes %s", (text) => {
    expect(name(40).parse(` ${text} `)).toBe(text);
  });

  test("is not blank, and not longer than it may be", () => {
    for (const text of ["", " ", "\u00a0", "x".repeat(41)]) expect(name(40).safeParse(text).success).toBe(false);
  });
});

describe("a text", () => {
  test.each(broken)("refuses %s", (_what, sign) => {
    expect(longText(40).safeParse(`a${sign}b`).success).toBe(false);
  });

  test("keeps lines, tabs and letters of every script, and makes one kind of line end", () => {
    expect(longText(40).parse("a\r\n\tb\u200d\u202b \u{1f600}")).toBe("a\n\tb\u200d\u202b \u{1f600}");
  });
});

describe("an address of a page", () => {
  test.each(["https://example.org/a?b=c#d", "http://example.org", "https://de.example.org/Überblick"])(
    "may be %s",
    (text) => {
      expect(webAddress.parse(text)).toBe(text);
    },
  );

  test.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "//example.org",
    "https://",
    "https://example.org/\u0000",
    "https://example.org/\ud800",
    "https://example.org/a b",
    "java\nscript:alert(1)",
    "https://example.org/\u202e",
    `https://example.org/${"a".repeat(2048)}`,
  ])("is not %j", (text) => {
    expect(webAddress.safeParse(text).success).toBe(false);
  });
});

test.each(["\u0000", "\ud800", "\u202e"])("a rubric holds %j nowhere, not even in what only programs read", (sign) => {
  const scale = { id: "five", min: 1, max: 5 };
  const criteria = [{ id: "C1", name: "Cost", perspective: "public" }];
  const sound = { title: "Ours", criteria, scales: [scale], defaultScale: "five", version: "1" };
  const url = `https://example.org/${sign}`;
  expect(rubricInput.safeParse(sound).success).toBe(true);
  for (const fault of [
    { ...sound, scales: [{ ...scale, id: `five${sign}` }], defaultScale: `five${sign}` },
    { ...sound, version: `1${sign}` },
    { ...sound, source: { url } },
    { ...sound, referenceReading: { title: "R", notice: "N", sourceUrl: url, cells: [] } },
  ]) {
    expect(rubricInput.safeParse(fault).success).toBe(false);
  }
});
