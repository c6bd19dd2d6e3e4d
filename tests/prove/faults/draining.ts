// biome-ignore-all lint/suspicious/noTemplateCurlyInString: faults are sources in texts.
import type { Fault } from "../fault.ts";

/** What lies between a submission and the figures and pages that show it. */
export const drainingFaults: readonly Fault[] = [
  {
    name: "submission without its pending rows",
    file: "server/commands/submit-round.ts",
    find: "    enqueueCells(db, sheet),\n",
    replace: "",
    tests: ["tests/server/main-job.test.ts", "tests/server/races.test.ts"],
  },
  {
    name: "the tally is read before the locks",
    file: "server/aggregation/refresh.ts",
    find: "const [, rubricVersion, counts] = await Promise.all([lockCells(db, at), readRubricOf(db, at), readCounts(db, at)]);",
    replace:
      "const [rubricVersion, counts] = await Promise.all([readRubricOf(db, at), readCounts(db, at), lockCells(db, at)]);",
    also: [
      {
        file: "server/aggregation/drain.ts",
        find: "  const panel = await lockPanel(db, panelId);\n  if (!panel) return;\n  await Promise.all([\n",
        replace:
          '  const panel = await (await import("#db/panels.ts")).findPanel(db, panelId);\n  if (!panel) return;\n  await refreshRounds(db, panel, work.rounds);\n  await Promise.all([\n',
      },
      { file: "server/aggregation/drain.ts", find: "    refreshRounds(db, panel, work.rounds),\n", replace: "" },
    ],
    tests: ["tests/server/locks.test.ts"],
  },
  {
    name: "what is pending is found by its number",
    file: "db/pending.ts",
    find: '  return db.run<RoundCell>`\n    delete from pending_cell where id in (select id from pending_cell order by id limit ${most} for update skip locked)\n    returning panel_id as "panelId", round, policy_id as "policyId", criterion_id as "criterionId"`;\n}\n',
    replace:
      '  const [{ name = "" } = {}] = await db.run<{ name: string }>`select current_database() as name`;\n  const rows = await db.run<RoundCell & { id: number }>`\n    delete from pending_cell where id in (\n      select id from pending_cell where id > ${newest.get(name) ?? 0} order by id limit ${most} for update skip locked)\n    returning id, panel_id as "panelId", round, policy_id as "policyId", criterion_id as "criterionId"`;\n  newest.set(name, Math.max(newest.get(name) ?? 0, ...rows.map(({ id }) => id)));\n  return rows;\n}\nconst newest = new Map<string, number>();\n',
    tests: ["tests/server/races.test.ts"],
  },
  {
    name: "what is pending is taken in a transaction of its own",
    file: "server/aggregation/drain.ts",
    find: "Promise.all([takePendingCells(db, mostAtOnce), takePendingActs(db, mostAtOnce)])",
    replace: "Promise.all([takePendingCells(database.pool, mostAtOnce), takePendingActs(database.pool, mostAtOnce)])",
    tests: ["tests/server/locks.test.ts"],
  },
  {
    name: "announcements without the sweep",
    file: "server/realtime/announcements.ts",
    find: "      for (const [panelId, version] of versions) nudges.changed(panelId, version);\n",
    replace: "",
    tests: ["tests/server/realtime.test.ts"],
  },
  {
    name: "nobody looks for what a killed node left pending",
    file: "server/aggregation/service.ts",
    find: "      orphanTimer = setInterval(wake, lookAgainMs);\n",
    replace: "",
    tests: ["tests/server/durability.test.ts", "tests/server/two-nodes.test.ts"],
  },
];
