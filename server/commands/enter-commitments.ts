import { setImmediate } from "node:timers/promises";
import type { Db } from "#db/open.ts";
import { insertOpenings, type OpeningRow } from "#db/openings.ts";
import { listReceipts } from "#db/receipts.ts";
import { readScope } from "#db/rounds.ts";
import type { RevealedAnswers } from "#rubric/bundle-answers.ts";
import type { Protocol } from "#rubric/protocol.ts";
import type { Receipt } from "#rubric/receipt.ts";
import { type CellId, cellKey } from "#rubric/rubric.ts";
import { answersByCell, nothingCarried } from "#rubric/sealed-cells.ts";
import { recordEvent, recordEvents } from "../audit.ts";
import type { Chance } from "../chance.ts";
import { commitmentKey, sealOf } from "../commitments.ts";
import { hexOf } from "../hash.ts";

/** One submitted review under the label that every member may see from the reveal on. */
export interface LabelledReview {
  readonly memberId: string;
  readonly who: string;
  readonly submittedAt?: string;
}

interface Reveal {
  readonly panelId: string;
  readonly round: number;
  readonly identity: Protocol["identity"];
  readonly by: string;
  readonly at: string;
}

/**
 * The commitments have waited since submission; now they enter the chain: review by review under their labels, or in an
 * anonymous panel all together in an order that tells nothing. Keys are opened for exactly the answers that files carry.
 */
export async function enterCommitments(
  db: Db,
  reveal: Reveal,
  { reviews, answers }: { reviews: readonly LabelledReview[]; answers: RevealedAnswers },
): Promise<void> {
  const { panelId, round } = reveal;
  const receipts: Receipt[] = (await listReceipts(db, reveal)).map((text) => JSON.parse(text));
  if (reveal.identity === "anonymous") {
    const commitments = receipts.flatMap((receipt) => receipt.commitments.map(({ commitment }) => commitment));
    if (commitments.length > 0)
      await recordEvent(db, reveal, { act: "round-committed", round, commitments: commitments.sort() });
    return;
  }
  const byMember = new Map(receipts.map((receipt) => [receipt.memberId, receipt]));
  const committed = reviews.flatMap(({ memberId, ...label }) => {
    const receipt = byMember.get(memberId);
    return receipt ? [{ label, receipt }] : [];
  });
  const events = committed.map(({ label, receipt }) => ({
    act: "review-committed" as const,
    round,
    ...label,
    commitments: receipt.commitments.map(({ policyId, criterionId, commitment }) => ({
      policyId,
      criterionId,
      commitment,
    })),
  }));
  const carried = carriedByLabel(answers);
  const openings: OpeningRow[] = [];
  for (const { label, receipt } of committed) {
    const { who } = label;
    openings.push({ panelId, round, who, keys: keysOf(receipt, carried.get(who) ?? new Set()) });
    await setImmediate();
  }
  await Promise.all([recordEvents(db, reveal, events), insertOpenings(db, openings)]);
}

/**
 * Binds the answers to each cell in the chain, under a key of its own that is opened to those who may read them. A cell of which
 * files carry nothing is sealed like the others: that it has too few scores is not for those who are recused from it. Others are
 * served between one cell and the next, as between one review and the next above: a large panel has thousands.
 */
export async function sealCells(
  db: Db,
  { panelId, round, chance }: Pick<Reveal, "panelId" | "round"> & { chance: Chance },
  answers: RevealedAnswers,
): Promise<(CellId & { seal: string })[]> {
  const carried = new Map(answersByCell(answers).map((cell) => [cellKey(cell), cell]));
  const cells: (CellId & { key: string; seal: string })[] = [];
  for (const { policyId, criterionId } of await readScope(db, panelId, round)) {
    const cell = { policyId, criterionId };
    const { scores, histograms } = carried.get(cellKey(cell)) ?? nothingCarried;
    const key = hexOf(chance.bytes(32));
    cells.push({ ...cell, key, seal: sealOf(key, { scores, histograms }) });
    await setImmediate();
  }
  const keys = cells.map(({ policyId, criterionId, key }) => ({ policyId, criterionId, key }));
  await insertOpenings(db, [{ panelId, round, who: "", keys }]);
  return cells.map(({ policyId, criterionId, seal }) => ({ policyId, criterionId, seal }));
}

/** Which cells files carry answers to, under each label. */
function carriedByLabel({ scores }: RevealedAnswers): Map<string, Set<string>> {
  const carried = new Map<string, Set<string>>();
  for (const score of scores) {
    const who = score.memberId ?? score.code ?? "";
    const cells = carried.get(who) ?? new Set();
    carried.set(who, cells.add(cellKey(score)));
  }
  return carried;
}

function keysOf(receipt: Receipt, carried: ReadonlySet<string>): OpeningRow["keys"] {
  return receipt.commitments
    .filter((answer) => carried.has(cellKey(answer)))
    .map(({ policyId, criterionId }) => {
      const cell = { policyId, criterionId };
      return { ...cell, key: commitmentKey(receipt, cell) };
    });
}
