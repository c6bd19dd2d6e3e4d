import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const files = ["app", "server", "db", "rubric"]
  .flatMap((floor) =>
    readdirSync(join(root, floor), { recursive: true, encoding: "utf8" }).map((path) => `${floor}/${path}`),
  )
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

/** The files with lines of this kind, in which floors. */
function found(pattern: RegExp, floors = /./): string[] {
  return files
    .filter(({ path, text }) => floors.test(path) && pattern.test(text))
    .map(({ path }) => path)
    .sort();
}

test("the sources are here", () => {
  expect(files.length).toBeGreaterThan(300);
});

test("objects with unknown keys are taken only where nothing that is stored or answered depends on them", () => {
  const loose = found(
    /\bz\s*\.(object|looseObject|record|any|unknown)\(/,
    /^(app|db|rubric|server(?!\/(cli|api\/answers)\/))/,
  );
  expect(loose).toEqual(
    [
      // The whole document of the API, and the parameters in it: what is told, not what is taken.
      "server/api/calls.ts",
      "server/api/document.ts",
      // Named by SHA-256, and compared as canonical text.
      "rubric/bundle-schema.ts",
      // Points by criterion, whose names are held against the panel's own.
      "rubric/points.ts",
      // What one thread of the server tells the other.
      "server/aggregation/analysis-thread.ts",
      // The demonstration's own file, which is delivered with the product.
      "rubric/templates/demo-panel.ts",
      // The environment holds the settings of other programs too.
      "server/config.ts",
      // Lines of the audit chain in a bundle: later versions may say more in a line, and its hash covers all of it.
      "server/imports/history.ts",
      "server/reports/verify-lines.ts",
    ].sort(),
  );
});

test("no text becomes a part of a statement", () => {
  expect(found(/\bsql\s*\.\s*(raw|identifier)\b|\.as\(`/)).toEqual([]);
  // The driver's own way in, whose texts Drizzle made or that are written out here, and no other.
  expect(found(/\.unsafe\(/)).toEqual(["db/connection.ts", "db/embedded/start.ts", "db/migrate.ts"]);
});

test("no text becomes a pattern, a program or markup", () => {
  // Put together from constants: the addresses of our own pages.
  expect(found(/\bnew RegExp\(/)).toEqual(["app/request.server.ts"]);
  expect(
    found(/\beval\(|new Function\(|\bvm\b.*from "node:vm"|child_process/, /^(app|rubric|db(?!\/embedded))/),
  ).toEqual([]);
  expect(found(/dangerouslySetInnerHTML|\.innerHTML|insertAdjacentHTML|document\.write|\bstyle=\{?["{]/)).toEqual([]);
});

test("nothing is kept in the browser", () => {
  expect(found(/\b(localStorage|sessionStorage|indexedDB|caches\.open|document\.cookie|serviceWorker)\b/)).toEqual([]);
});

test("what the server sends is only encoded here, never decoded", () => {
  expect(found(/turbo-stream|deserializeErrors/)).toEqual([]);
});
