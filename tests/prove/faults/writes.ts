import type { Fault } from "../fault.ts";

/** What several people, tabs or repeats do at once. */
export const writesFaults: readonly Fault[] = [
  {
    name: "a key is not bound to its request",
    file: "server/commands/write.ts",
    find: "held.requestHash !== once.requestHash || held.answer === null",
    replace: "held.answer === null",
    tests: ["tests/server/api/idempotency.test.ts"],
  },
  {
    name: "no compare-and-set: the last save wins",
    file: "migrations/0001_record_score.sql",
    find: "        and s.policy_id = in_policy and s.criterion_id = in_criterion and s.version = seen\n",
    replace: "        and s.policy_id = in_policy and s.criterion_id = in_criterion\n",
    tests: ["tests/server/api/calls.test.ts", "tests/server/races.test.ts"],
  },
  {
    name: "no round lock: a save overtakes the reveal",
    file: "migrations/0001_record_score.sql",
    find: "  perform pg_advisory_xact_lock_shared(hashtextextended('phase/' || in_panel, 0));\n",
    replace: "",
    tests: ["tests/server/locks.test.ts"],
  },
  {
    name: "a submitted sheet takes saves",
    file: "migrations/0001_record_score.sql",
    find: "phase = 'scoring' and review = 'drafting' and is_in_scope",
    replace: "phase = 'scoring' and review is not null and is_in_scope",
    tests: ["tests/server/races.test.ts", "tests/server/main-job.test.ts", "tests/server/api/calls.test.ts"],
  },
  {
    name: "the phase is read in the lock's own statement",
    file: "migrations/0001_record_score.sql",
    find: "  perform pg_advisory_xact_lock_shared(hashtextextended('phase/' || in_panel, 0));\n  select p.phase, p.round, p.scale_min, p.scale_max, p.scale_step, c.policy_id is not null as is_in_scope into stand\n  from panel p\n",
    replace:
      "  select p.phase, p.round, p.scale_min, p.scale_max, p.scale_step, c.policy_id is not null as is_in_scope into stand\n  from (select pg_advisory_xact_lock_shared(hashtextextended('phase/' || in_panel, 0)) offset 0) held\n  cross join panel p\n",
    tests: ["tests/server/locks.test.ts"],
  },
  {
    name: "a submission overtakes the reveal",
    file: "server/commands/submit-round.ts",
    find: 'Promise.all([lockPhase(db, panelId, "shared"), findPanel(db, panelId), readNow(db)])',
    replace: "Promise.all([null, findPanel(db, panelId), readNow(db)])",
    tests: ["tests/server/locks.test.ts"],
  },
  {
    name: "a reveal before what is pending is in it",
    file: "server/commands/reveal-round.ts",
    find: "  await refreshRound(db, panel, round);\n",
    replace: "",
    tests: ["tests/server/races.test.ts", "tests/server/main-job.test.ts"],
  },
  {
    name: "the review is not held while its author saves and submits",
    file: "migrations/0001_record_score.sql",
    find: "and v.member_id = by_member for share;",
    replace: "and v.member_id = by_member;",
    tests: ["tests/server/locks.test.ts"],
  },
];
