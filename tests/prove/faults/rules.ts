// biome-ignore-all lint/suspicious/noTemplateCurlyInString: faults are sources in texts.
import type { Fault } from "../fault.ts";

/** What the protocol promises: the minimum of scores, recusal, reopening, who may begin to score. */
export const rulesFaults: readonly Fault[] = [
  {
    name: "counts shown below the minimum of scores",
    file: "rubric/view.ts",
    find: 'const isShown = cell.verdict !== "too-few";',
    replace: "const isShown = true;",
    tests: ["tests/rubric/view.test.ts", "tests/server/independence.test.ts"],
  },
  {
    name: "a recused member sees the cell",
    file: "rubric/view.ts",
    find: "const cells = facts.cells.filter((cell) => !facts.recused.has(cellKey(cell))).map(cutCell);",
    replace: "const cells = facts.cells.map(cutCell);",
    tests: ["tests/rubric/view.test.ts", "tests/server/independence.test.ts"],
  },
  {
    name: "a submission is opened again without a line",
    file: "server/commands/reopen-submission.ts",
    find: '    await recordEvent(\n      db,\n      { panelId, by: member.memberId },\n      { act: "submission-reopened", round, reason, boardWasOpen },\n    );\n',
    replace: "",
    tests: ["tests/server/reopening.test.ts"],
  },
  {
    name: "scores given after the board was seen carry no mark",
    file: "server/commands/reopen-submission.ts",
    find: "{ reason, sawBoard: boardWasOpen }",
    replace: "{ reason, sawBoard: false }",
    tests: ["tests/server/reopening.test.ts"],
  },
  {
    name: "a later round's first scores carry no mark",
    file: "server/commands/submit-round.ts",
    find: "round > 1 || sawBoard ?",
    replace: "sawBoard ?",
    tests: ["tests/server/commitments.test.ts"],
  },
  {
    name: "a revealed submission is opened again",
    file: "server/commands/reopen-submission.ts",
    find: 'if (panel.phase !== "scoring")',
    replace: 'if (panel.phase === "draft")',
    tests: ["tests/server/reopening.test.ts"],
  },
  {
    name: "a facilitator opens an anonymous submission again",
    file: "server/commands/reopen-submission.ts",
    find: 'if (panel.protocol.identity === "anonymous") {',
    replace: 'if (panel.protocol.identity === "pseudonymous") {',
    tests: ["tests/server/reopening.test.ts"],
  },
  {
    name: "somebody joins an anonymous panel after its first reveal",
    file: "server/commands/accept-invitation.ts",
    find: 'panel.protocol.identity === "anonymous" && hasRevealed(panel)',
    replace: 'panel.protocol.identity === "anonymous" && panel.phase === "closed"',
    tests: ["tests/server/joining.test.ts"],
  },
  {
    name: "a facilitator begins to score in the middle of a round",
    file: "server/commands/accept-invitation.ts",
    find: '  if (!isNew) throw new Refusal(409, "You are, or were, a member of this panel.");\n',
    replace:
      '  if (!isNew) {\n    const [own] = await db.run<{ id: string }>`\n      update member set scores = true where panel_id = ${panelId} and user_id = ${user.userId} returning member_id as id`;\n    await insertReviews(db, { panelId, round: panel.round ?? 1 }, [own?.id ?? ""]);\n    return;\n  }\n',
    tests: ["tests/server/joining.test.ts"],
  },
  {
    name: "a camp so small that it shows a person",
    file: "rubric/analysis/camps.ts",
    find: "if (mayBeShown !== true || sizes.some((size) => size < least))",
    replace: "if (mayBeShown !== true)",
    tests: ["tests/rubric/analysis/camps.test.ts"],
  },
  {
    name: "a camp's counts below the minimum of scores",
    file: "rubric/analysis/camps.ts",
    find: "return support === null || support.scores < least",
    replace: "return support === null",
    tests: ["tests/rubric/analysis/camps.test.ts"],
  },
  {
    name: "agreement of the panel counts a cell one is recused from",
    file: "rubric/view-consensus.ts",
    find: "agreement: isWhole ? agreementOf(cells, rubric) : null,",
    replace: "agreement: agreementOf(facts.cells, rubric),",
    tests: ["tests/rubric/consensus-view.test.ts", "tests/server/hidden-data.test.ts"],
  },
  {
    name: "codes in files below the minimum of scores",
    file: "rubric/bundle-answers.ts",
    find: "scores: cells.filter((cell) => hasEnough(cell, at)).flatMap(",
    replace: "scores: cells.flatMap(",
    tests: ["tests/server/bundle.test.ts"],
  },
];
