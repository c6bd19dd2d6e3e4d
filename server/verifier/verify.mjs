// Checks a file that Concord exported, without Concord and without trusting whoever made it. It needs Node 20 or newer and
// nothing else, and it is short so that you can read it first:
//
//   node verify.mjs BUNDLE.json [--receipt RECEIPT.json] [--checkpoint CHECKPOINT.txt]
//
// It ends with 0 when everything agrees, with 1 and the first thing that differs, or with 2 when it cannot read a file.
// @ts-nocheck: it looks into files of any shape; one that is not as expected is itself a fault.
import { createHash, createHmac } from "node:crypto";
import { readFileSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Every check in order, as [name, fault, note]: it holds without a fault; a note says why there was nothing to compare.
 * @returns {[name: string, fault: string | null, note: string | null][]}
 */
export function verify(bundle, held = {}) {
  const lines = linesIn(bundle);
  const snapshots = Array.isArray(bundle.snapshots) ? bundle.snapshots : [];
  const reveals = lines.filter(({ act }) => act === "round-revealed");
  const checks = [
    ["content hash", () => checkContent(bundle)],
    ["audit chain", () => checkChain(bundle.audit)],
    ["set-up", () => checkSetUp(bundle, lines)],
    ["checkpoints", () => checkCheckpoints(bundle, lines)],
    ["members", () => checkMembers(bundle, lines)],
    ["rounds", () => checkRounds(bundle, lines)],
    ...snapshots.map((one) => [`round ${one.round}, snapshot`, () => checkSnapshot(bundle, lines, one)]),
    ...reveals.map((one) => [`round ${one.round}, sealed answers`, () => checkSeals(bundle, one)]),
    ...reveals.map((one) => [`round ${one.round}, commitments`, () => checkCommitments(bundle, lines, one)]),
  ];
  if (held.checkpoint) checks.push(["held checkpoint", () => checkCheckpoint(bundle, held.checkpoint)]);
  if (held.receipt) checks.push(["held receipt", () => checkReceipt(bundle, lines, held.receipt)]);
  return checks.map(([name, check]) => [name, ...outcomeOf(check)]);
}

class Fault extends Error {}

function need(holds, fault) {
  if (!holds) throw new Fault(fault);
}

function outcomeOf(check) {
  try {
    return [null, check() ?? null];
  } catch (error) {
    return [error instanceof Fault ? error.message : "it has not the form that Concord writes", null];
  }
}

/** JSON with sorted keys and no spaces (RFC 8785), so that equal values have equal bytes. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const sorted = Object.keys(value).sort();
  return `{${sorted.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
}

const same = (left, right) => canonical(left) === canonical(right);
const sha256 = (text) => createHash("sha256").update(text, "utf8").digest("hex");
const hashOf = (value) => sha256(canonical(value));
const hmac = (key, text) => createHmac("sha256", Buffer.from(key, "hex")).update(text, "utf8").digest("hex");
const ofRound = (list, round) => (list ?? []).filter((one) => one.round === round);
const lineOf = (lines, act, round) => lines.find((line) => line.act === act && line.round === round);
const cellOf = ({ policyId, criterionId }) => `${policyId}-${criterionId}`;
const inCell = (list, cell) => list.filter((one) => cellOf(one) === cellOf(cell));
const whoOf = ({ memberId, code }) => memberId ?? code;

function linesIn(bundle) {
  try {
    return bundle.audit.entries.map(({ line }) => JSON.parse(line) ?? {});
  } catch {
    return [];
  }
}

function checkContent({ contentHash, ...content }) {
  need(hashOf(content) === contentHash, "the file was changed after its export");
}

/** Every line hashes to its leaf, and every head follows from its leaves and the head before. */
function checkChain({ entries, batches }) {
  let [head, sealed] = ["", 0];
  for (const [index, { batch, count, head: told }] of batches.entries()) {
    const own = entries.slice(sealed, sealed + count);
    need(batch === index + 1 && own.length === count && count > 0, `batch ${index + 1} is not whole`);
    for (const { seq, line, leaf, batch: number } of own) {
      sealed += 1;
      need(seq === sealed && number === batch, `line ${sealed} is out of place`);
      need(sha256(`\0${line}`) === leaf, `line ${seq} is not the text that was sealed`);
    }
    head = sha256(`concord-audit-v1\n${head}\n${count}\n${own.map(({ leaf }) => leaf).join("\n")}`);
    need(head === told, `the head of batch ${batch} does not follow`);
  }
  need(sealed === entries.length, "there are lines behind the last head");
}

/** Question, rubric, protocol, scope and reading are the ones that the chain fixed. */
function checkSetUp({ panel, synthetic, rounds, rubrics, protocol, protocolHash }, lines) {
  const [first] = lines;
  const last = lines.findLast(({ act }) => act === "panel-created" || act === "set-up-changed");
  need(same([first.panelId ?? panel.panelId, first.synthetic], [panel.panelId, synthetic]), "it is another panel");
  need(same([last.title, last.question], [panel.title, panel.question]), "title or question differ");
  need(hashOf(protocol) === protocolHash, "the protocol is not the one that was hashed");
  for (const { rubric, policies, rubricHash } of rubrics)
    need(hashOf({ rubric, policies }) === rubricHash, "a rubric is not the one that was hashed");
  for (const { round, rubricVersion, scope } of rounds) {
    const rubric = rubrics.find(({ version }) => version === rubricVersion);
    const { scopeHash = hashOf(scope), ...opened } = lineOf(lines, "round-opened", round);
    const told = [opened.rubricHash, opened.protocolHash, opened.cells, scopeHash];
    const found = [rubric.rubricHash, protocolHash, scope.length, hashOf(scope)];
    need(same(told, found), `round ${round} was opened under another rubric, protocol or scope`);
    const reading = rubric.referenceReading ? hashOf(rubric.referenceReading) : null;
    const { readingHash = reading } = lineOf(lines, "round-revealed", round) ?? {};
    need(readingHash === reading, "the reference reading is not the one that was revealed");
  }
}

/** The file tells the head of each phase move and the newest one, with the time of the last line under it. */
function checkCheckpoints(bundle, lines) {
  if (!bundle.checkpoints && !lines[0].panelId) return "the file is from before there were any";
  const moves = lines.filter(({ act }) => /^round-(opened|revealed|closed)$/.test(act));
  const told = bundle.checkpoints.filter(({ act }) => act !== null);
  const namesOf = (list) => list.map(({ act, round }) => [act, round]);
  need(same(namesOf(told), namesOf(moves)), "they are not of the phase moves");
  let covered = 0;
  for (const { text, act, at } of bundle.checkpoints) {
    checkCheckpoint(bundle, text);
    covered = Number(text.split("\n")[1]);
    need(lines[covered - 1].at === at, "one has another time");
    need(act === null || lines.indexOf(moves.shift()) < covered, "one does not cover its phase move");
  }
  need(covered === lines.length, "the newest one is missing");
  return null;
}

/** A head that somebody kept still stands where it stood. */
function checkCheckpoint({ panel, audit }, text) {
  const [name, seq, head] = text.trim().split(/\s+/);
  need(name === `concord/${panel.panelId}`, "it is of another panel");
  const [entry, next] = [audit.entries[seq - 1], audit.entries[seq]];
  need(entry, `the file's chain ends at line ${audit.entries.length}, and the checkpoint is of line ${seq}`);
  const found = Buffer.from(audit.batches[entry.batch - 1].head, "hex").toString("base64");
  need(found === head && next?.batch !== entry.batch, `the chain up to line ${seq} is not the one it was taken of`);
}

/** Names, roles and groups are those under which people joined. */
function checkMembers({ members }, lines) {
  const joined = new Map(lines.filter(({ act }) => act === "member-joined").map((line) => [line.memberId, line]));
  const left = new Set(lines.filter(({ act }) => act === "member-left").map(({ memberId }) => memberId));
  const listed = new Set(members.map(({ memberId }) => memberId));
  for (const { memberId, name, role, group } of members) {
    const line = joined.get(memberId) ?? {};
    const told = [line.name ?? null, line.role ?? null, line.group === undefined ? group : line.group];
    need(same(told, [name, role, group]), `${name} did not join under this name, role and group`);
  }
  need(listed.size === members.length, "a member is listed twice");
  need(
    [...joined.keys()].every((id) => left.has(id) || listed.has(id)),
    "a member is left out",
  );
}

/** Rounds were opened, revealed and closed when the chain says, and by as many as it says. */
function checkRounds({ panel, rounds, snapshots, cellKeys = [] }, lines) {
  const acts = ["round-opened", "round-revealed", "round-closed"];
  need(lines.filter(({ act }) => act === acts[0]).length === rounds.length, "the chain tells of more or fewer");
  for (const [index, { round, openedAt, revealedAt, closedAt }] of rounds.entries()) {
    const times = acts.map((act) => lineOf(lines, act, index + 1)?.at ?? null);
    need(round === index + 1 && same(times, [openedAt, revealedAt, closedAt]), `round ${round} has other times`);
    const made = ofRound(snapshots, round).map(({ createdAt }) => createdAt);
    need(same(made, closedAt ? [closedAt] : []), `round ${round} has not the one snapshot of its close`);
  }
  const isOpened = ({ round }) => lineOf(lines, "round-revealed", round) !== undefined;
  need(cellKeys.every(isOpened), "a key opens a cell of a round that was not revealed");
  const phases = ["draft", "scoring", "discussion", "closed"];
  const { openedAt, revealedAt, closedAt } = rounds.at(-1) ?? {};
  const phase = phases[[openedAt, revealedAt, closedAt].filter(Boolean).length];
  need(same([panel.phase, panel.round ?? 0], [phase, rounds.length]), "the panel is in another phase");
  const { submitted, expected } = lineOf(lines, "round-revealed", panel.round) ?? panel.progress;
  need(same(panel.progress, { submitted, expected }), "the progress is not the one revealed");
}

/** What was computed at a close is what was hashed then, and it counts the answers. */
function checkSnapshot(bundle, lines, { round, version, method, input, output, inputHash, outputHash }) {
  const line = lineOf(lines, "round-closed", round);
  need(
    same([line.snapshot, line.inputHash, line.outputHash], [version, inputHash, outputHash]),
    "it is not the chained one",
  );
  need(hashOf(input) === inputHash && hashOf(output) === outputHash, "it is not the one that was hashed");
  need(same(method, output.method) && input.round === round, "it was made by another method or of another round");
  const [scores, histograms] = [ofRound(bundle.scores, round), ofRound(bundle.histograms, round)];
  const hasTexts = histograms.every(({ rationales }) => rationales !== null);
  need(!hasTexts || hashOf({ scores, histograms }) === input.answersHash, "an answer is not one that was counted");
  const { rubric } = bundle.rubrics.find((one) => one.version === input.rubricVersion);
  for (const cell of input.cells) {
    const own = inCell(scores, cell);
    const found = inCell(histograms, cell)[0] ?? tally(own, rubric.scale, bundle.protocol);
    // A pseudonymous panel's file leaves out cells with too few scores.
    const isCarried = histograms.length > 0 || own.length > 0 || cell.counts !== null;
    const isTrue = same([found.n, found.counts, found.nonScores], [cell.n, cell.counts, cell.nonScores]);
    need(isTrue || !isCarried, `${cellOf(cell)}: the counts do not follow from the answers`);
  }
}

function tally(scores, { min, max, step = 1 }, { minScores }) {
  const count = (key, value) => scores.filter((score) => score[key] === value).length;
  const counts = Array.from({ length: (max - min) / step + 1 }, (_, index) => count("value", min + index * step));
  const n = counts.reduce((sum, one) => sum + one, 0);
  const [cannotJudge, abstain] = [count("nonScore", "cannot-judge"), count("nonScore", "abstain")];
  const [recused, absent] = [count("nonScore", "recused"), count("nonScore", "absent")];
  return { n, counts: n < minScores ? null : counts, nonScores: { cannotJudge, abstain, recused, absent } };
}

/** All answers to a cell together are the ones that the reveal sealed, under a key that the file gives. */
function checkSeals(bundle, { round, cells }) {
  if (cells === undefined) return "the round was revealed before cells were sealed";
  const [scores, histograms] = [ofRound(bundle.scores, round), ofRound(bundle.histograms, round)];
  const keys = ofRound(bundle.cellKeys, round);
  const { scope, closedAt } = bundle.rounds[round - 1];
  const places = [...scores, ...histograms].map((answer) => scope.findIndex((cell) => cellOf(cell) === cellOf(answer)));
  need(
    places.every((place, index) => index === 0 || place >= places[index - 1]),
    "they are not in the order of the cells",
  );
  if (keys.length === 0 && histograms.some(({ rationales }) => rationales === null))
    return "an observer's file of an anonymous panel leaves the texts out";
  for (const answer of [...scores, ...histograms, ...keys])
    need(inCell(cells, answer).length === 1, `${cellOf(answer)} was not among the cells revealed`);
  for (const cell of cells) {
    const carried = { scores: inCell(scores, cell), histograms: inCell(histograms, cell) };
    const [opened, again] = inCell(keys, cell);
    need(!again, `${cellOf(cell)} is opened twice`);
    // Until the close the file of someone recused from a cell leaves it out.
    const isLeftOut = carried.scores.length + carried.histograms.length === 0 && !opened && closedAt === null;
    const seal = opened && hmac(opened.key, canonical(carried));
    need(isLeftOut || seal === cell.seal, `${cellOf(cell)}: an answer is not the one revealed`);
  }
  const leftOut = cells.filter((cell) => inCell(keys, cell).length === 0).map(cellOf);
  return leftOut.length === 0 ? null : `${leftOut.join(", ")} is left out, as for someone recused from it`;
}

/** What a commitment is made of; a blank text is no text, and why somebody is recused is told to nobody. */
function answerOf({ policyId, criterionId, value, nonScore, rationale, changeReason, afterSight, version }) {
  const rationaleHash = sha256(nonScore === "recused" || rationale.trim() === "" ? "" : rationale);
  return { policyId, criterionId, value, nonScore, rationaleHash, changeReason, afterSight, version };
}

/** Each answer is the one that its author was committed to at submission. */
function checkCommitments(bundle, lines, { round, submitted, reviews }) {
  const { scope } = bundle.rounds[round - 1];
  const openings = ofRound(bundle.openings, round);
  const all = lineOf(lines, "round-committed", round)?.commitments ?? [];
  need(same(all, [...new Set(all)].sort()) && all.length <= submitted * scope.length, "they are more than the answers");
  const committed = lines.filter((line) => line.act === "review-committed" && line.round === round);
  for (const { who, submittedAt, commitments } of committed) {
    const review = reviews.find((one) => one.who === who);
    need(review && review.submittedAt === submittedAt, `${who} did not submit then`);
    need(same(commitments.map(cellOf), scope.map(cellOf)), `${who} is not committed to one answer in each cell`);
  }
  const carried = ofRound(bundle.scores, round);
  for (const score of carried) checkAnswer(bundle, { score, committed, openings, reviews });
  const placeOf = (who, cell) => `${cellOf(cell)} of ${who}`;
  const places = new Set(carried.map((score) => placeOf(whoOf(score), score)));
  need(places.size === carried.length, "an answer is there twice");
  need(
    openings.every((one) => places.has(placeOf(one.who, one))),
    "a key opens no answer of the file",
  );
  const known = committed.length + all.length / scope.length;
  return known === submitted ? null : `${submitted - known} of ${submitted} reviews were submitted without any`;
}

function checkAnswer({ panel }, { score, committed, openings, reviews }) {
  const who = whoOf(score);
  const place = `${cellOf(score)} of ${who}`;
  const isAbsent = score.nonScore === "absent";
  need(isAbsent !== reviews.some((one) => one.who === who), `${place} is not marked absent as it should be`);
  const [sealed] = committed.filter((one) => one.who === who).flatMap(({ commitments }) => inCell(commitments, score));
  const [opened] = inCell(
    openings.filter((one) => one.who === who),
    score,
  );
  const line = canonical({ panelId: panel.panelId, round: score.round, ...answerOf(score) });
  const commitment = opened && hmac(opened.key, line);
  need(isAbsent || commitment === sealed?.commitment, `${place}: the answer is not the one submitted`);
}

/** A receipt is sound in itself; and after the reveal the chain and the answers shown are what it says. */
function checkReceipt(bundle, lines, { format, secret, commitments, ...submission }) {
  const { panelId, round, checkpoint } = submission;
  need(format === "concord-receipt/1" && panelId === bundle.panel.panelId, "it is of another panel");
  for (const { commitment, ...answer } of commitments) {
    const { policyId, criterionId } = answer;
    const key = hmac(secret, `concord-commitment-v1\n${canonical({ ...submission, policyId, criterionId })}`);
    need(hmac(key, canonical({ panelId, round, ...answer })) === commitment, `${cellOf(answer)}: it was altered`);
  }
  const { scope } = bundle.rounds.find((one) => one.round === round);
  need(same(commitments.map(cellOf), scope.map(cellOf)), "it has not one commitment for each cell of the round");
  checkCheckpoint(bundle, checkpoint);
  if (!lineOf(lines, "round-revealed", round)) return `round ${round} is not revealed yet`;
  const isUnlabelled = bundle.protocol.identity === "anonymous";
  for (const answer of commitments) {
    const seen = isUnlabelled
      ? ofRound(bundle.histograms, round)
      : ownScores(bundle, lines, { ...submission, commitments });
    const shown = inCell(seen, answer);
    const isShown =
      shown.length === 0 || shown.some((one) => (isUnlabelled ? counts(bundle, one, answer) : isSame(one, answer)));
    need(isShown, `${cellOf(answer)}: the answer shown is not the one submitted`);
  }
  const all = new Set(lineOf(lines, "round-committed", round)?.commitments);
  need(!isUnlabelled || commitments.every(({ commitment }) => all.has(commitment)), "the chain does not hold it");
  return null;
}

/** The scores under the label that the chain gives to these commitments. */
function ownScores({ scores }, lines, { round, memberId, submittedAt, commitments }) {
  const textOf = (list) => list.map(({ commitment }) => commitment).join();
  const isOwn = (line) => line.act === "review-committed" && textOf(line.commitments) === textOf(commitments);
  const own = ofRound(lines, round).find(isOwn);
  need(own, "the chain does not hold it: the submission was reopened, or is not the one revealed");
  const isNamed = own.submittedAt !== undefined;
  need(!isNamed || same([own.who, own.submittedAt], [memberId, submittedAt]), "the chain gives it to somebody else");
  return ofRound(scores, round).filter((score) => whoOf(score) === own.who);
}

function isSame(score, { commitment: _sealed, ...answer }) {
  return same(answerOf(score), answer);
}

const keyOf = { "cannot-judge": "cannotJudge", abstain: "abstain", recused: "recused" };

/** Whether an unlabelled cell counts this answer and, where it shows texts, tells its text. */
function counts({ rounds, rubrics }, { round, n, counts: levels, nonScores, rationales }, answer) {
  const { value, nonScore, rationaleHash } = answer;
  const { rubric } = rubrics.find(({ version }) => version === rounds[round - 1].rubricVersion);
  const { min, step = 1 } = rubric.scale;
  const scored = levels === null ? n : levels[(value - min) / step];
  const isCounted = (nonScore === null ? scored : nonScores[keyOf[nonScore]]) > 0;
  const isSilent = levels === null || rationales === null || rationaleHash === sha256("");
  const isText = (one) => same([one.value, one.nonScore, sha256(one.rationale)], [value, nonScore, rationaleHash]);
  return isCounted && (isSilent || rationales.some(isText));
}

const closing = `
What this shows: the file is whole, every line of its audit chain follows from the ones before, and its answers, counts, names
and times are the ones in that chain. With a checkpoint: nothing that it covers was changed, removed, inserted or reordered
since it was taken. With a receipt, after the reveal: your answers are the ones you submitted.
Where it says "not checkable", nothing was compared.

What it does not show: that the statistics were computed rightly ("concord verify" computes them anew); that nobody answered
twice under two names; that no act was left out of the chain, and no tail cut off after the newest checkpoint that somebody
kept; that others were shown the same chain; or that a time is true. Who and when are the server's word.`;

function main([file, ...options]) {
  const read = (path) => readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  const option = (name) => (options.includes(name) ? read(options[options.indexOf(name) + 1]) : undefined);
  const bundle = JSON.parse(read(file));
  if (bundle?.format !== "concord-bundle/1") throw new Error(`${file} is not a Concord bundle`);
  const receipt = option("--receipt");
  const results = verify(bundle, { checkpoint: option("--checkpoint"), receipt: receipt && JSON.parse(receipt) });
  for (const [name, fault, note] of results) console.log(wordsFor(name, fault, note));
  const wrong = results.find(([, fault]) => fault !== null);
  if (wrong) console.error(`${file} does not hold: ${wrong[0]}: ${wrong[1]}.`);
  else console.log(closing);
  return wrong ? 1 : 0;
}

function wordsFor(name, fault, note) {
  if (fault !== null) return `differs       ${name}: ${fault}`;
  return note === null ? `holds         ${name}` : `not checkable ${name}: ${note}`;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    process.exit(main(process.argv.slice(2)));
  } catch (error) {
    console.error(`Usage: node verify.mjs BUNDLE.json [--receipt FILE] [--checkpoint FILE] (${error.message})`);
    process.exit(2);
  }
}
