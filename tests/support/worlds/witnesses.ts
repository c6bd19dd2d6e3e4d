import { findReceipt, listReceiptRounds } from "#db/receipts.ts";
import type { Member } from "#rubric/member.ts";
import { receiptSchema } from "#rubric/receipt.ts";
import type { Application } from "#server/application.ts";
import { readBoard } from "#server/queries/read-board.ts";
import { readSheet } from "#server/queries/read-sheet.ts";
import { readBundle } from "#server/reports/read-bundle.ts";
import type { Part, Plan } from "./plan.ts";

interface Asked {
  readonly plan: Plan;
  readonly members: ReadonlyMap<Part, Member>;
  /** Whose answers it is about. */
  readonly authors: readonly Part[];
  readonly isEnd: boolean;
}

/** What those can tell who may know: each author of the own answers, and in the end who looks at the board. */
export async function askWitnesses(app: Application, { plan, members, authors, isEnd }: Asked) {
  const told: [who: string, told: string][] = [];
  for (const part of authors) {
    const member = members.get(part);
    // By name: the same person may have another part in the other world.
    if (!member) continue;
    const own = [JSON.stringify(await readSheet(app, member)), ...(await submissionTimes(app, member))];
    told.push([`${plan.names[part]}'s own sheet`, own.join()]);
  }
  for (const part of isEnd ? ["chair", "r2"] : []) {
    const member = members.get(part);
    if (!member || part === plan.viewer) continue;
    const { cells } = { cells: [], ...(await readBoard(app, member)) };
    const { scores, histograms } = await readBundle(app, member);
    told.push([`board and bundle of ${part}`, JSON.stringify({ cells, scores, histograms })]);
  }
  return told;
}

/** When somebody submitted, by the own receipts. */
async function submissionTimes({ database: { pool } }: Application, { panelId, memberId }: Member): Promise<string[]> {
  const times: string[] = [];
  for (const round of await listReceiptRounds(pool, panelId, memberId)) {
    const text = await findReceipt(pool, { panelId, round, memberId });
    if (text !== null) times.push(receiptSchema.parse(JSON.parse(text)).submittedAt);
  }
  return times;
}
