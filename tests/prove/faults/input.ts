import type { Fault } from "../fault.ts";

/** What may come in, and what goes out to a spreadsheet. */
export const inputFaults: readonly Fault[] = [
  {
    name: "the manifest has no bound",
    file: "server/http/manifest.ts",
    find: "if (asked === null) return next();",
    replace: "if (asked === null || asked.paths.length > 0) return next();",
    tests: ["tests/server/http"],
  },
  {
    name: "formulas in a table go out as formulas",
    file: "server/reports/tidy-csv.ts",
    find: "escape_formulas: true",
    replace: "escape_formulas: false",
    tests: ["tests/server/csv-formulas.test.ts"],
  },
  {
    name: "a score with keys that nobody knows",
    file: "rubric/score.ts",
    find: "export const scoreInput = z\n  .strictObject({",
    replace: "export const scoreInput = z\n  .object({",
    tests: ["tests/server/api/bad-input.test.ts"],
  },
];
