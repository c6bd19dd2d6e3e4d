import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

describe.each(["docs/asvs.md", "docs/threat-model.md", "docs/limits.md", "docs/security-scans.md", "SECURITY.md"])(
  "%s",
  (file) => {
    test("names only files that exist", () => {
      const named = [...read(file).matchAll(/\b(?:tests|server|rubric|docs)\/[\w./-]+\.(?:ts|tsx|md)\b/g)].map(
        ([path]) => path,
      );
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    });
  },
);

test("the ASVS table leaves out no requirement of levels 1 and 2, and counts as it says", () => {
  const text = read("docs/asvs.md");
  const rows = [...text.matchAll(/^\| ([\d., *]+) \| ([123 and]+) \| .*? \| (met|partly|open|operator|n\/a) \|/gm)];
  const listed = rows.flatMap(([, ids = "", , status = ""]) => ids.split(", ").map((id) => ({ id, status })));
  const own = listed.filter(({ id }) => !id.endsWith("*"));
  expect(new Set(own.map(({ id }) => id)).size).toBe(253);
  expect(own).toHaveLength(253);
  const count = (status: string) => own.filter((one) => one.status === status).length;
  expect(text).toContain(
    `Of 253 requirements: ${count("met")} met, ${count("partly")} partly, ${count("open")} open, ` +
      `${count("operator")} with the operator, ${count("n/a")} not applicable.`,
  );
});
