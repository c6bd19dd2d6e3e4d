// biome-ignore-all lint/suspicious/noTemplateCurlyInString: faults are sources in texts.
import type { Fault } from "../fault.ts";

/** What a reviewer who has not submitted could learn from an answer, its order, its size or a number in it. */
export const independenceFaults: readonly Fault[] = [
  {
    name: "progress counts drafts",
    file: "db/reviews.ts",
    find: "= 'submitted'))::int",
    replace: "<> 'absent'))::int",
    tests: [
      "tests/server/api/calls.test.ts",
      "tests/server/independence.test.ts",
      "tests/server/demonstration.test.ts",
    ],
  },
  {
    name: "a facilitator's e-mail addresses for everybody: the projector spreads a row",
    file: "rubric/view.ts",
    find: "      ...(isFacilitator ? { email: one.email } : {}),",
    replace: "      ...one,",
    tests: ["tests/server/independence.test.ts", "tests/server/api/calls.test.ts"],
  },
  {
    name: "the board of a live panel opens before one's own submission",
    file: "rubric/visibility.ts",
    find: '  figures: {\n    drafting: "-",',
    replace: '  figures: {\n    drafting: whileLive("full^"),',
    tests: ["tests/rubric/visibility.test.ts", "tests/server/independence.test.ts"],
  },
  {
    name: "bare texts by submission order",
    file: "rubric/view-cell.ts",
    find: "return sortedByText(texts, (entry) => entry.orderKey).map((entry) => ({",
    replace: "return texts.map((entry) => ({",
    tests: ["tests/rubric/view-cell.test.ts"],
  },
  {
    name: "the version counts flushes",
    file: "server/aggregation/drain.ts",
    find: "raiseVersion(db, panelId, { by: acts, changesState: false }),",
    replace: "raiseVersion(db, panelId, { by: 1, changesState: false }),",
    tests: ["tests/server/races.test.ts", "tests/server/realtime.test.ts", "tests/server/independence.test.ts"],
  },
  {
    name: "codes are dealt by the order of joining",
    file: "server/commands/deal-codes.ts",
    find: "const scoring = chance.shuffle(members.filter((one) => one.scores && (!one.hasLeft || one.code !== null)));",
    replace: "const scoring = members.filter((one) => one.scores && (!one.hasLeft || one.code !== null));",
    tests: ["tests/server/codes.test.ts"],
  },
  {
    name: "figures about persons for every reviewer",
    file: "rubric/view-consensus.ts",
    find: '    if (!isOwn && member.role !== "facilitator") return [];\n',
    replace: "",
    tests: ["tests/server/analysis.test.ts"],
  },
  {
    name: "a saved draft is announced",
    file: "migrations/0001_record_score.sql",
    find: "      version := kept.version;\n",
    replace: "      version := kept.version;\n      insert into pending_act (panel_id) values (in_panel);\n",
    tests: ["tests/server/independence.test.ts"],
  },
  {
    name: "commitments enter the chain at the submission",
    file: "server/commands/submit-round.ts",
    find: "  await insertReceipt(db, sheet, canonical(receipt));\n",
    replace:
      '  await insertReceipt(db, sheet, canonical(receipt));\n  const commitments = receipt.commitments.map(({ commitment }) => commitment).sort();\n  await recordEvent(db, { panelId, by: "a reviewer", at: now }, { act: "round-committed", round, commitments });\n',
    tests: ["tests/server/commitments.test.ts"],
  },
  {
    name: "swing points of others before the reveal",
    file: "db/points.ts",
    find: "    .from(swingPoints)\n    .where(ofSheet(sheet));\n  return row ?? null;",
    replace:
      "    .from(swingPoints)\n    .where(and(eq(swingPoints.panelId, sheet.panelId), eq(swingPoints.round, sheet.round)));\n  return row ?? null;",
    tests: ["tests/server/independence.test.ts"],
  },
  {
    name: "the reference reading before one's own submission",
    file: "rubric/visibility.ts",
    find: 'referenceReading: { drafting: "-",',
    replace: 'referenceReading: { drafting: "full",',
    tests: ["tests/rubric/visibility.test.ts", "tests/server/bundle.test.ts"],
  },
  {
    name: "colleagues see that a draft has begun",
    file: "rubric/view.ts",
    find: 'state: !isFacilitator && entry.state === "drafting" ? ("not-started" as const) : entry.state,',
    replace: "state: entry.state,",
    tests: ["tests/rubric/view.test.ts", "tests/server/independence.test.ts"],
  },
  {
    name: "a drafting reviewer's cells come in the order of disagreement",
    file: "db/rounds.ts",
    find: "where panel_id = ${panelId} and round = ${number} order by position`;",
    replace: "where panel_id = ${panelId} and round = ${number} order by iqr desc nulls last, position`;",
    tests: ["tests/server/side-channels.test.ts"],
  },
  {
    name: "an ETag from the consensus version",
    file: "server/api/api.ts",
    find: "  return call.perform(asked);\n",
    replace:
      '  const [sum] = await app.database.pool.run<{ versions: number | null }>`\n    select sum(version) as versions from consensus where panel_id::text = ${parameters.get("panelId") ?? ""}`;\n  if (sum?.versions) response.setHeader("ETag", `"${sum.versions}"`);\n  return call.perform(asked);\n',
    tests: ["tests/server/side-channels.test.ts"],
  },
  {
    name: "backups tell an administrator how much was written",
    file: "server/queries/read-backups.ts",
    find: "days: [...new Set(kept.map(({ at }) => at.slice(0, 10)))],",
    replace: "days: kept.map(({ name, bytes }) => `${name} ${bytes}`),",
    tests: ["tests/server/automatic-backups.test.ts"],
  },
  {
    name: "members come in the order they joined",
    file: "db/members.ts",
    find: "    .orderBy(asc(recordedName), asc(member.memberId));",
    replace: "    .orderBy(asc(member.joinedAt), asc(member.memberId));",
    tests: ["tests/server/side-channels.test.ts"],
  },
  {
    name: "the log names only cells with enough scores",
    file: "server/commands/enter-commitments.ts",
    find: "of await readScope(db, panelId, round)) {",
    replace: "of (await readScope(db, panelId, round)).filter((cell) => carried.has(cellKey(cell)))) {",
    tests: ["tests/server/attacks.test.ts"],
  },
  {
    name: "an account is looked for while the answer is drawn",
    file: "server/mail.ts",
    find: '    await pause(randomInt(1_000, 3_000), undefined, { signal: hurry.signal }).catch(() => "in a hurry");\n',
    replace: "",
    tests: ["tests/server/reset.test.ts"],
  },
];
