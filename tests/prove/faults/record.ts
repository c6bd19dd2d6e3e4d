// biome-ignore-all lint/suspicious/noTemplateCurlyInString: faults are sources in texts.
import type { Fault } from "../fault.ts";

/** What proves the record, and what keeps it. */
export const recordFaults: readonly Fault[] = [
  {
    name: "the figures' seed comes from no input",
    file: "server/aggregation/prepare-round.ts",
    find: "const seedOf = (purpose: string) => seedFor(inputHash, purpose);",
    replace: "const seedOf = (purpose: string) => seedFor(String(Date.now()), purpose);",
    tests: ["tests/server/verify.test.ts", "tests/server/analysis.test.ts"],
  },
  {
    name: "commitments without a secret",
    file: "server/commitments.ts",
    find: "return hmacOf(commitmentKey(review, answer), commitmentLine(review, answer));",
    replace: "return sha256(commitmentLine(review, answer));",
    tests: ["tests/server/commitments.test.ts"],
  },
  {
    name: "a line of the chain through jsonb",
    file: "db/audit.ts",
    find: "values (${panelId}, ${line})`;",
    replace: "values (${panelId}, ${line}::jsonb::text)`;",
    tests: ["tests/server/commitments.test.ts"],
  },
  {
    name: "figures by Math.pow",
    file: "rubric/statistics/moments.ts",
    find: "count * offset * offset;",
    replace: "count * Math.pow(offset, 2);",
    tests: "lint",
  },
  {
    name: "swing points outside the chain",
    file: "server/commands/reveal-round.ts",
    find: "    pointsHash: hashOf(await revealedPoints(db, { ...at, identity, minScores })),\n",
    replace: "",
    tests: ["tests/server/verify.test.ts", "tests/server/tampering.test.ts"],
  },
  {
    name: "changed swing points hold in a verification",
    file: "server/reports/verify-points.ts",
    find: "pointsHash !== undefined && pointsHash !== hashOf(pointsOfRound(bundle, round))",
    replace: "pointsHash === undefined && round === 0",
    tests: ["tests/server/verify.test.ts", "tests/server/tampering.test.ts"],
  },
  {
    name: "a restore keeps sessions",
    file: "db/backup/tables.ts",
    find: '  "session",\n',
    replace: "",
    also: [
      {
        file: "db/open-doors.ts",
        find: "truncate session, personal_token,",
        replace: "truncate personal_token,",
      },
    ],
    tests: ["tests/server/backup.test.ts"],
  },
  {
    name: "the embedded database's lock by its pid alone",
    file: "db/embedded/lock-file.ts",
    find: "if (!isPidTaken(pid) || !isPostmasterOf(pid, data))",
    replace: "if (!isPidTaken(pid))",
    tests: ["tests/db/embedded-recovery.test.ts"],
  },
  {
    name: "a backup that everybody on the machine reads",
    file: "db/backup/write-backup.ts",
    find: "mode: 0o600",
    replace: "mode: 0o644",
    tests: ["tests/server/automatic-backups.test.ts", "tests/server/backup.test.ts"],
  },
];
