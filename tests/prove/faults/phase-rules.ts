import type { Fault } from "../fault.ts";

/** Rules that only the model of them holds the product to. */
export const phaseRulesFaults: readonly Fault[] = [
  {
    name: "a facilitator who scores follows the scores while drafting",
    file: "rubric/visibility.ts",
    find: "  if (viewer.review !== null) return",
    replace: '  if (viewer.review !== null && viewer.role !== "facilitator") return',
    tests: ["tests/server/phase-rules.test.ts"],
  },
  {
    name: "a draft raises the version",
    file: "server/commands/save-points.ts",
    find: "    requireKnown(input.points, rubric);\n",
    replace:
      '    requireKnown(input.points, rubric);\n    await (await import("#db/pending.ts")).enqueueAct(db, member.panelId);\n',
    tests: ["tests/server/phase-rules.test.ts"],
  },
  {
    name: "whoever leaves takes a submission along",
    file: "db/reviews.ts",
    find: "await db.delete(score).where(and(isOwn, isDraft));",
    replace: "await db.delete(score).where(isOwn);",
    tests: ["tests/server/phase-rules.test.ts"],
  },
  {
    name: "a move may be decided on what has changed since",
    file: "server/commands/move-round.ts",
    find: "expectedVersion < panel.stateVersion || ",
    replace: "",
    tests: ["tests/server/phase-rules.test.ts"],
  },
];
