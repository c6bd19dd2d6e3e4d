import type { Bundle, BundleScore } from "#rubric/bundle.ts";
import { canonical } from "#rubric/canonical.ts";
import { type CommittedAnswer, commitmentLine, type Receipt } from "#rubric/receipt.ts";
import { type CellId, cellKey } from "#rubric/rubric.ts";
import { levelsOf } from "#rubric/scale.ts";
import { committed } from "#server/commitments.ts";
import { sha256 } from "#server/hash.ts";
import { type Check, check, uncheckable, unless } from "./verify-check.ts";
import { type Line, linesAbout } from "./verify-lines.ts";

/** A sound receipt against what the reveal of its round put into the chain, and against the answers that the file shows. */
export function revealedReceiptChecks(bundle: Bundle, lines: readonly Line[], receipt: Receipt): Check[] {
  const names = { chain: "receipt, audit chain", answers: "receipt, answers" };
  const { round, commitments } = receipt;
  if (linesAbout(lines, "round-revealed", round).length === 0)
    return [uncheckable(names.chain, `round ${round} is not revealed yet`), sheetCheck(names.answers, bundle, receipt)];
  if (bundle.protocol.identity === "anonymous") {
    const [line] = linesAbout(lines, "round-committed", round);
    const known = new Set(line?.commitments);
    const isThere = commitments.every(({ commitment }) => known.has(commitment));
    return [
      check(names.chain, unless(isThere, missing)),
      check(names.answers, isThere ? countsFault(bundle, receipt) : missing),
    ];
  }
  const own = linesAbout(lines, "review-committed", round).find((line) => isSame(line.commitments, commitments));
  const isOwner = own !== undefined && (bundle.protocol.identity === "pseudonymous" || own.who === receipt.memberId);
  const isTimed = own?.submittedAt === undefined || own.submittedAt === receipt.submittedAt;
  return [
    check(names.chain, unless(isOwner && isTimed, missing)),
    check(names.answers, isOwner ? scoresFault(bundle, receipt, own.who) : missing),
  ];
}

/** Where the chain holds a receipt's commitments; `null` while it does not. */
export function findBatch(
  { audit }: Pick<Bundle, "audit">,
  { round, commitments }: Receipt,
): { seq: number; batch: number } | null {
  const [first] = commitments;
  const entry = audit.entries.find(
    ({ line }) =>
      first !== undefined &&
      line.includes(`"${first.commitment}"`) &&
      line.includes(`"round":${round}`) &&
      commitments.every(({ commitment }) => line.includes(`"${commitment}"`)),
  );
  return entry ? { seq: entry.seq, batch: entry.batch } : null;
}

const missing =
  "the chain does not hold its commitments: the submission it is of was reopened, or is not the one revealed";

type Committed = CellId & { readonly commitment: string };

function isSame(left: readonly Committed[], right: readonly Committed[]): boolean {
  const textOf = (list: readonly Committed[]) => list.map((one) => `${cellKey(one)} ${one.commitment}`).join();
  return textOf(left) === textOf(right);
}

/** One's own sheet of a round that is still scoring. */
function sheetCheck(name: string, { ownSheet }: Bundle, receipt: Receipt): Check {
  const { round, memberId } = receipt;
  if (ownSheet?.memberId !== memberId || ownSheet.round !== round || ownSheet.state !== "submitted")
    return uncheckable(name, "the file does not carry this sheet");
  const scores = new Map(ownSheet.scores.map((score) => [cellKey(score), score]));
  const wrong = receipt.commitments.find((answer) => {
    const score = scores.get(cellKey(answer));
    if (!score) return true;
    // Whether others' scores had been seen is marked at the submission, and shown from the reveal on.
    const shown = { ...score, changeReason: score.changeReason?.code ?? null, afterSight: answer.afterSight };
    return !isAnswer(receipt, answer, committed(shown));
  });
  return check(name, wrong ? changed(wrong) : null);
}

function scoresFault(bundle: Bundle, receipt: Receipt, who: string): string | null {
  const isOwn = (score: BundleScore) => score.round === receipt.round && (score.memberId ?? score.code) === who;
  const own = new Map(bundle.scores.filter(isOwn).map((score) => [cellKey(score), score]));
  // Cells with too few scores are in no file of a pseudonymous panel, and those one is recused from in none before the close.
  const wrong = receipt.commitments.find((answer) => {
    const score = own.get(cellKey(answer));
    return score !== undefined && (score.nonScore === "absent" || !isAnswer(receipt, answer, committed(score)));
  });
  return wrong ? changed(wrong) : null;
}

function isAnswer(receipt: Receipt, answer: CommittedAnswer, shown: CommittedAnswer): boolean {
  return commitmentLine(receipt, answer) === commitmentLine(receipt, shown);
}

/** Without labels an answer must at least be among those counted, with its text. */
function countsFault({ histograms, rounds, rubrics }: Bundle, receipt: Receipt): string | null {
  const version = rounds.find(({ round }) => round === receipt.round)?.rubricVersion;
  const scale = rubrics.find((one) => one.version === version)?.rubric.scale;
  if (!scale) return "the rubric is missing";
  const levels = levelsOf(scale);
  const counted = new Map(histograms.filter(({ round }) => round === receipt.round).map((one) => [cellKey(one), one]));
  const wrong = receipt.commitments.find((answer) => {
    const cell = counted.get(cellKey(answer));
    return cell !== undefined && !(isCounted(cell, answer, levels) && isTold(cell, answer));
  });
  return wrong ? changed(wrong) : null;
}

type Histogram = Bundle["histograms"][number];

function isCounted({ n, counts, nonScores }: Histogram, answer: CommittedAnswer, levels: readonly number[]): boolean {
  switch (answer.nonScore) {
    case null:
      return (counts === null ? n : (counts[levels.indexOf(answer.value ?? Number.NaN)] ?? 0)) > 0;
    case "cannot-judge":
      return nonScores.cannotJudge > 0;
    case "abstain":
      return nonScores.abstain > 0;
    case "recused":
      return nonScores.recused > 0;
  }
}

const noText = sha256("");

function isTold({ counts, rationales }: Histogram, answer: CommittedAnswer): boolean {
  if (counts === null || rationales === null || answer.rationaleHash === noText) return true;
  const { value, nonScore, rationaleHash } = answer;
  return rationales.some(
    (text) =>
      canonical([text.value, text.nonScore]) === canonical([value, nonScore]) &&
      sha256(text.rationale) === rationaleHash,
  );
}

function changed(cell: CellId): string {
  return `${cellKey(cell)}: the answer shown is not the one submitted`;
}
