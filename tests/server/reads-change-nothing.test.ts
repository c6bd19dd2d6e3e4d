import type { ServerBuild } from "@remix-run/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { builtPages } from "#tests/support/built-pages.ts";
import { aPanel, move, submit, type TestPanel, twoCells } from "#tests/support/panels.ts";
import { type Person, person } from "#tests/support/people.ts";
import { rawRequest } from "#tests/support/raw-http.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import { onDatabase, rowsOf } from "#tests/support/tables.ts";
import { everythingAbout, type Request } from "#tests/support/worlds/watch.ts";

// Whatever another site makes a browser ask for by address alone does nothing in its owner's name.

let build: ServerBuild;
let server: TestServer;
let panel: TestPanel;
let reads: Request[];
beforeAll(async () => {
  build = await builtPages();
  server = await startServer({ build: async () => build });
  panel = await aPanel(server, { protocol: { preset: "staff-team", rescore: "all-cells" } });
  for (const [index, reviewer] of panel.reviewers.entries()) await submit(panel, reviewer, index - 1);
  await move(panel, "discussion");
  await server.app.analyst.prepare({ panelId: panel.panelId, round: 1 });
  await move(panel, "closed");
  await move(panel, "next-round", { cells: twoCells });
  await server.app.aggregation.drain();
  const everything = everythingAbout(build, { panelId: panel.panelId, cells: twoCells });
  reads = everything.filter(({ method }) => method === "GET");
});
afterAll(() => server.stop());

/** All rows of all tables, but for when somebody was last seen. */
async function everyRow(): Promise<Record<string, string[]>> {
  const names = await onDatabase(
    server.databaseUrl,
    (sql) => sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const tables = names.map(({ name }) => name).filter((name) => name !== "session");
  expect(tables.length).toBeGreaterThan(20);
  return rowsOf(server.databaseUrl, tables);
}

async function readAs({ cookie }: Person, wanted: readonly Request[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const { path } of wanted) statuses.push((await rawRequest(server.url, { path, headers: { cookie } })).status);
  await server.app.aggregation.drain();
  return statuses;
}

const isExport = ({ path }: Request) => /\/export\b/.test(path);

test("no page, data or call that is read changes a row, whoever reads it", { timeout: 120_000 }, async () => {
  const administrator = await person(server, "Ada Administrator", { isAdministrator: true });
  const [reviewer] = panel.reviewers;
  const before = await everyRow();
  const wanted = reads.filter((read) => !isExport(read));
  for (const who of [panel.facilitator, reviewer ?? panel.facilitator, administrator]) {
    const statuses = await readAs(who, wanted);
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(20);
  }
  expect(await everyRow()).toEqual(before);
});

test("an export leaves its line in the audit log, and changes nothing else", async () => {
  const before = await everyRow();
  const exports = reads.filter(isExport);
  expect(exports.length).toBeGreaterThan(0);
  await readAs(panel.facilitator, exports);
  const after = await everyRow();
  const changed = Object.keys(after).filter((table) => JSON.stringify(after[table]) !== JSON.stringify(before[table]));
  expect(changed.filter((table) => !table.startsWith("audit"))).toEqual([]);
  expect(changed).not.toEqual([]);
});
