import { expect, test } from "vitest";
import { backupEndSchema, backupHeaderSchema, backupMark, rowsOf } from "#rubric/backup.ts";

const hash = "0123456789abcdef".repeat(4);
const header = {
  format: "concord-backup/1",
  createdAt: "2026-11-23T08:00:00.000Z",
  server: "18.4",
  migrations: [{ name: "0000_first.sql", sha256: hash }],
};
const end = { tables: [{ name: "panel", rows: 3 }], content: hash, sha256: hash };

test("a backup says what it is in its first line, and a table it does not name has no rows", () => {
  expect(backupMark).toBe("-- concord-backup/1");
  expect([rowsOf(end, "panel"), rowsOf(end, "score")]).toEqual([3, 0]);
});

test("what stands before and behind the tables is taken as it is written, and in no other way", () => {
  expect(backupHeaderSchema.parse(header)).toEqual(header);
  expect(backupEndSchema.parse(end)).toEqual(end);
  for (const wrong of [{ format: "concord-backup/2" }, { createdAt: "yesterday" }, { migrations: [] }, { more: 1 }])
    expect(backupHeaderSchema.safeParse({ ...header, ...wrong }).success).toBe(false);
  // Moments of the record are in milliseconds, so one without them was not written by a backup.
  expect(backupHeaderSchema.safeParse({ ...header, createdAt: "2026-11-23T08:00:00Z" }).success).toBe(false);
  const tables = [{ name: "panel", rows: -1 }];
  for (const wrong of [{ content: hash.toUpperCase() }, { sha256: "" }, { tables }, { more: 1 }])
    expect(backupEndSchema.safeParse({ ...end, ...wrong }).success).toBe(false);
});
