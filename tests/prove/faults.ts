/** A guard to take away, and the tests that must notice. */
export interface Fault {
  readonly name: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** Test files, as vitest takes them. */
  readonly tests: readonly string[];
}

/** A file's text with the fault in it. */
export function weaken(text: string, { name, file, find, replace }: Fault): string {
  const [before, after, ...more] = text.split(find);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`"${name}": what it takes away is not in ${file} exactly once`);
  return before + replace + after;
}

export const faults: readonly Fault[] = [
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
    name: "counts shown below the minimum of scores",
    file: "rubric/view.ts",
    find: 'const isShown = cell.verdict !== "too-few";',
    replace: "const isShown = true;",
    tests: ["tests/server/independence.test.ts", "tests/rubric", "tests/server/bundle.test.ts"],
  },
  {
    name: "the board of a live panel opens before one's own submission",
    file: "rubric/visibility.ts",
    find: '  figures: {\n    drafting: "-",',
    replace: '  figures: {\n    drafting: whileLive("full^"),',
    tests: ["tests/rubric/visibility.test.ts", "tests/server/independence.test.ts"],
  },
  {
    name: "a recused member sees the cell",
    file: "rubric/view.ts",
    find: "const cells = facts.cells.filter((cell) => !facts.recused.has(cellKey(cell))).map(cutCell);",
    replace: "const cells = facts.cells.map(cutCell);",
    tests: ["tests/server/independence.test.ts", "tests/rubric"],
  },
  {
    name: "bare texts by submission order",
    file: "rubric/view-cell.ts",
    find: "return sortedByText(texts, (entry) => entry.orderKey).map((entry) => ({",
    replace: "return texts.map((entry) => ({",
    tests: ["tests/rubric/view-cell.test.ts"],
  },
  {
    name: "a room is joined before the check",
    file: "server/realtime/rooms.ts",
    find: "    const member = await requireMember(app, identity.user, panelId);",
    replace:
      "    await enterRoom(socket, panelId);\n    const member = await requireMember(app, identity.user, panelId);",
    tests: ["tests/server/realtime.test.ts"],
  },
  {
    name: "a room is kept after removal",
    file: "server/realtime/access.ts",
    find: "for (const panelId of gone) await sendAway(socket, panelId);",
    replace: 'for (const panelId of gone) socket.emit("panel:gone", { panelId });',
    tests: ["tests/server/realtime.test.ts"],
  },
  {
    name: "access is checked only when somebody announces it",
    file: "server/realtime/access.ts",
    find: "const checkEveryMs = 1_000;",
    replace: "const checkEveryMs = 1_000_000;",
    tests: ["tests/server/realtime.test.ts"],
  },
  {
    name: "a key is not bound to its request",
    file: "server/commands/write.ts",
    find: "held.requestHash !== once.requestHash || held.answer === null",
    replace: "held.answer === null",
    tests: ["tests/server/api/idempotency.test.ts"],
  },
  {
    name: "a kept answer for whoever shows the key",
    file: "db/idempotency.ts",
    find: ".where(and(eq(idempotency.userId, claim.userId), eq(idempotency.keyHash, claim.keyHash)));\n  return held",
    replace: ".where(eq(idempotency.keyHash, claim.keyHash));\n  return held",
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
    tests: ["tests/server/races.test.ts"],
  },
  {
    name: "a submitted sheet takes saves",
    file: "migrations/0001_record_score.sql",
    find: "phase = 'scoring' and review = 'drafting' and is_in_scope",
    replace: "phase = 'scoring' and review is not null and is_in_scope",
    tests: ["tests/server/races.test.ts", "tests/server/main-job.test.ts", "tests/server/api/calls.test.ts"],
  },
  {
    name: "submission without its pending rows",
    file: "server/commands/submit-round.ts",
    find: "    enqueueCells(db, sheet),\n",
    replace: "",
    tests: ["tests/server/main-job.test.ts", "tests/server/races.test.ts"],
  },
  {
    name: "the version counts flushes",
    file: "server/aggregation/drain.ts",
    find: "raiseVersion(db, panelId, { by: acts, changesState: false }),",
    replace: "raiseVersion(db, panelId, { by: 1, changesState: false }),",
    tests: ["tests/server/races.test.ts", "tests/server/realtime.test.ts", "tests/server/independence.test.ts"],
  },
  {
    name: "a session's id is stored in clear",
    file: "server/auth/session-store.ts",
    find: "sessionHash: sha256(id)",
    replace: "sessionHash: id",
    tests: ["tests/server/sign-in.test.ts"],
  },
  {
    name: "sessions survive a new password",
    file: "server/commands/replace-password.ts",
    find: "  await deleteSessionsOf(db, userId);\n",
    replace: "",
    tests: ["tests/server/reset.test.ts"],
  },
  {
    name: "another site's pages may act",
    file: "server/http/same-origin.ts",
    find: 'return site === "same-origin" || site === "none";',
    replace: "return true;",
    tests: ["tests/server/http/same-origin.test.ts"],
  },
  {
    name: "the manifest has no bound",
    file: "server/http/manifest.ts",
    find: "if (asked === null) return next();",
    replace: "if (asked === null || asked.paths.length > 0) return next();",
    tests: ["tests/server/http"],
  },
  {
    name: "formulas in a table go out as formulas",
    file: "server/reports/tidy-csv.ts",
    find: "escape_formulas: true",
    replace: "escape_formulas: false",
    tests: ["tests/server/csv-formulas.test.ts"],
  },
  {
    name: "the figures' seed comes from no input",
    file: "server/aggregation/prepare-round.ts",
    find: "const seedOf = (purpose: string) => seedFor(inputHash, purpose);",
    replace: "const seedOf = (purpose: string) => seedFor(String(Date.now()), purpose);",
    tests: ["tests/server/verify.test.ts", "tests/server/analysis.test.ts"],
  },
  {
    name: "figures about persons for every reviewer",
    file: "rubric/view-consensus.ts",
    find: '    if (!isOwn && member.role !== "facilitator") return [];\n',
    replace: "",
    tests: ["tests/server/analysis.test.ts"],
  },
  {
    name: "somebody else's score in a refusal",
    file: "db/scores.ts",
    find: "    .where(and(ofSheet(sheet), ofCell(cell)));\n  return row ? asScore(row) : null;",
    replace: "    .where(ofCell(cell));\n  return row ? asScore(row) : null;",
    tests: ["tests/server/races.test.ts", "tests/server/api/calls.test.ts"],
  },
  {
    name: "codes are dealt by the order of joining",
    file: "server/commands/deal-codes.ts",
    find: "const scoring = chance.shuffle(members.filter((one) => one.scores && (!one.hasLeft || one.code !== null)));",
    replace: "const scoring = members.filter((one) => one.scores && (!one.hasLeft || one.code !== null));",
    tests: ["tests/server/codes.test.ts"],
  },
  {
    name: "a code of the app works twice",
    file: "db/second-factors.ts",
    find: "lt(secondFactor.lastStep, step)",
    replace: "lt(secondFactor.lastStep, step + 100)",
    tests: ["tests/server/second-step.test.ts"],
  },
  {
    name: "whoever must have a second step and has none is let in",
    file: "db/sessions.ts",
    find: "\n      and not exists (select from owes_second_step o where o.user_id = s.user_id)`;",
    replace: "`;",
    tests: ["tests/server/second-step.test.ts"],
  },
  {
    name: "guesses that come at once are counted too late",
    file: "db/attempts.ts",
    find: "pg_advisory_xact_lock(",
    replace: "(",
    tests: ["tests/server/sign-in.test.ts"],
  },
  {
    name: "a device known to one person has an allowance for every account",
    file: "db/known-devices.ts",
    find: ".where(and(eq(appUser.email, device.email), eq(knownDevice.deviceHash, device.deviceHash)));",
    replace: ".where(eq(knownDevice.deviceHash, device.deviceHash));",
    tests: ["tests/server/sign-in.test.ts"],
  },
  {
    name: "a browser's former session outlives a new sign-in",
    file: "server/commands/enter.ts",
    find: "  if (visitor.formerSessionId !== null) await app.accounts.closeSession(visitor.formerSessionId);\n",
    replace: "",
    tests: ["tests/server/sign-in.test.ts"],
  },
  {
    name: "what the router fetches again keeps a session alive",
    file: "server/http/identify.ts",
    find: 'return !isAhead && (wantedAs === undefined || wantedAs === "document");',
    replace: "return !isAhead;",
    tests: ["tests/server/sessions.test.ts"],
  },
  {
    name: "a link to set a password works twice",
    file: "db/password-resets.ts",
    find: "return spent.length === 1;",
    replace: "return true;",
    tests: ["tests/server/reset.test.ts"],
  },
  {
    name: "an account is looked up before the answer to a forgotten password",
    file: "server/commands/send-reset.ts",
    find: "  app.mail.later(async () => {\n    const person = await findResettable(app.database.pool, request.email);\n",
    replace:
      "  const person = await findResettable(app.database.pool, request.email);\n  app.mail.later(async () => {\n",
    tests: ["tests/server/reset.test.ts"],
  },
  {
    name: "the outbox opens without a password",
    file: "server/queries/read-installation.ts",
    find: '  await confirmPassword(app, user, { password: input.password, field: "outboxPassword" });\n',
    replace: "",
    tests: ["tests/server/reset.test.ts"],
  },
  {
    name: "a submission is reopened after the reveal",
    file: "server/commands/reopen-submission.ts",
    find: 'if (panel.phase !== "scoring")',
    replace: 'if (panel.phase === "closed")',
    tests: ["tests/server/phase-rules.test.ts"],
  },
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
    name: "scores of a reopened sheet do not say that the board had been open",
    file: "server/commands/reopen-submission.ts",
    find: 'boardWasOpen: panel.protocol.board === "live" }',
    replace: "boardWasOpen: false }",
    tests: ["tests/server/phase-rules.test.ts"],
  },
  {
    name: "somebody joins an anonymous panel after its reveal",
    file: "server/commands/accept-invitation.ts",
    find: 'panel.protocol.identity === "anonymous" && hasRevealed(panel)',
    replace: "false",
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
