// biome-ignore-all lint/suspicious/noTemplateCurlyInString: faults are sources in texts.
import type { Fault } from "../fault.ts";

/** Scores, texts and names where none may ever stand: files, mails, logs, frames, refusals. */
export const secretsFaults: readonly Fault[] = [
  {
    name: "somebody else's score in a refusal",
    file: "db/scores.ts",
    find: "    .where(and(ofSheet(sheet), ofCell(cell)));\n  return row ? asScore(row) : null;",
    replace: "    .where(ofCell(cell));\n  return row ? asScore(row) : null;",
    tests: ["tests/server/races.test.ts", "tests/server/api/calls.test.ts"],
  },
  {
    name: "a score in a nudge",
    file: "server/realtime/nudges.ts",
    find: 'emit("panel:changed", { panelId, version: channel.version });',
    replace: 'emit("panel:changed", { panelId, version: channel.version, score: 2 });',
    tests: ["tests/server/realtime.test.ts"],
  },
  {
    name: "a pseudonymous panel's file names its reviewers",
    file: "rubric/bundle-answers.ts",
    find: '.flatMap((cell) => scoresUnder("code", cell, at.round)),',
    replace: '.flatMap((cell) => scoresUnder("memberId", cell, at.round)),',
    tests: ["tests/server/bundle.test.ts"],
  },
  {
    name: "a moment beside a code",
    file: "rubric/bundle-answers.ts",
    find: 'submittedAt: label === "memberId" ? answer.submittedAt : null,',
    replace: "submittedAt: answer.submittedAt,",
    tests: ["tests/server/bundle.test.ts"],
  },
  {
    name: "a rationale in a line of the log",
    file: "server/commands/record-score.ts",
    find: "  const input = parse(scoreInput, request.input);\n",
    replace:
      '  const input = parse(scoreInput, request.input);\n  app.log.info({ rationale: input.rationale }, "a score was saved");\n',
    tests: ["tests/server/side-channels.test.ts"],
  },
  {
    name: "an error in the log with its message",
    file: "server/log.ts",
    find: "return { name: error.name, ...code,",
    replace: "return { name: error.name, message: error.message, ...code,",
    tests: ["tests/server/side-channels.test.ts"],
  },
  {
    name: "a median in a mail",
    file: "server/commands/invite-members.ts",
    find: '      `The question: ${panel?.question ?? ""}`,\n',
    replace:
      '      `The question: ${panel?.question ?? ""}`,\n      ...(await app.database.pool.run<{ median: string }>`\n        select median from consensus where panel_id = ${member.panelId} and median is not null`).map(({ median }) => `So far: ${median}`),\n',
    tests: ["tests/server/joining.test.ts"],
  },
];
