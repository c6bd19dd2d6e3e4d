import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { inspectPostmaster } from "#db/embedded/lock-file.ts";
import {
  aPlayground,
  ask,
  canConnect,
  dataOf,
  type Playground,
  readNotes,
  writeNote,
} from "#tests/support/embedded.ts";

let place: Playground;

beforeEach(() => {
  place = aPlayground();
});

afterEach(() => place.clear());

describe("an embedded database", { timeout: 60_000 }, () => {
  test("starts in an empty folder and answers as an ordinary role", async () => {
    const database = await place.start();

    const answer = await ask(
      database.url,
      `select current_user as role, current_database() as database, usesuper as superuser,
              current_setting('listen_addresses') as listens, current_setting('fsync') as fsync,
              current_setting('synchronous_commit') as commit, current_setting('max_connections') as room,
              current_setting('dynamic_shared_memory_type') as memory, lower('É') as lowered
       from pg_user where usename = current_user`,
    );

    expect(database.adopted).toBe(false);
    expect(answer).toEqual([
      {
        role: "concord",
        database: "concord",
        superuser: false,
        listens: "127.0.0.1",
        fsync: "on",
        commit: "on",
        room: "100",
        memory: "mmap",
        lowered: "é",
      },
    ]);
  });

  test("keeps its password in a file that nobody else may read", async () => {
    const database = await place.start();
    const secret = join(database.home, "cluster", "password");

    expect(statSync(secret).mode & 0o777).toBe(0o600);
    expect(statSync(join(database.home, "cluster")).mode & 0o777).toBe(0o700);
    expect(new URL(database.url).password).toBe(readFileSync(secret, "utf8").trim());
    expect(await canConnect(database.url.replace(/:[0-9a-f]+@/, ":guess@"))).toBe(false);
  });

  test("is joined by a second start, and stopped by the last to leave", async () => {
    const first = await place.start();
    const second = await place.start();
    expect({ url: second.url, adopted: second.adopted }).toEqual({ url: first.url, adopted: true });

    await first.stop();
    expect(await canConnect(second.url)).toBe(true);

    await second.stop();
    expect(inspectPostmaster(dataOf(second.home))).toEqual({ state: "absent" });
    expect(await canConnect(second.url)).toBe(false);
  });

  test("is left once, however often it is asked to stop", async () => {
    const database = await place.start();
    await place.start();

    await Promise.all([database.stop(), database.stop()]);

    expect(await canConnect(database.url)).toBe(true);
  });

  test("comes back on the same port with what was written", async () => {
    const first = await place.start();
    await writeNote(first.url, "kept");
    await first.stop();

    const second = await place.start();

    expect({ url: second.url, adopted: second.adopted }).toEqual({ url: first.url, adopted: false });
    expect(await readNotes(second.url)).toEqual([{ text: "kept" }]);
  });

  test("is started once by two processes at the same moment on an empty folder", async () => {
    const [one, other] = await Promise.all([place.hold(), place.hold()]);

    expect(other.url).toBe(one.url);
    expect([one.adopted, other.adopted].sort()).toEqual([false, true]);
  });

  test("is started once by four starts at the same moment in one process", async () => {
    const all = await Promise.all([place.start(), place.start(), place.start(), place.start()]);

    expect(new Set(all.map(({ url }) => url)).size).toBe(1);
    expect(all.filter(({ adopted }) => !adopted)).toHaveLength(1);
  });

  test("lives as long as any process uses it", async () => {
    const one = await place.hold();
    const other = await place.hold();

    await one.leave();
    expect(await canConnect(other.url)).toBe(true);

    await other.leave();
    expect(await canConnect(other.url)).toBe(false);
  });

  test("refuses a cluster of another major version with a sentence", async () => {
    const database = await place.start();
    await database.stop();
    writeFileSync(join(dataOf(database.home), "PG_VERSION"), "11\n");

    await expect(place.start()).rejects.toThrow(/was made by PostgreSQL 11 and cannot be opened by/);
  });

  test("says what PostgreSQL said when it does not start", async () => {
    await expect(place.start({ settings: { shared_buffers: "nonsense" } })).rejects.toThrow(
      /PostgreSQL does not start; .*shared_buffers/,
    );
  });

  test.runIf(process.getuid?.() === 0)("moves out of a private home of root's, and finds itself again", async () => {
    const project = join(place.folder, "home", "project", "data");
    mkdirSync(project, { recursive: true });
    chmodSync(join(place.folder, "home"), 0o700);
    const options = { folder: project, stagingRoot: join(place.folder, "staging") };

    const database = await place.start(options);
    await writeNote(database.url, "in the staging folder");
    await database.stop();
    const again = await place.start(options);

    expect(again.home).toBe(database.home);
    expect(again.home.startsWith(options.stagingRoot)).toBe(true);
    expect(await readNotes(again.url)).toEqual([{ text: "in the staging folder" }]);
  });
});
