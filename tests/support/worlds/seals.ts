import { readChain } from "#db/audit.ts";
import { listOpenings } from "#db/openings.ts";
import { listReceipts } from "#db/receipts.ts";
import { checkpointText } from "#rubric/checkpoint.ts";
import { receiptSchema } from "#rubric/receipt.ts";
import type { World } from "./world.ts";

/**
 * What binds hidden answers under keys that nobody else holds, and what is hashed over that: commitments, opened keys, lines
 * and heads of the chain. From a reveal on they may differ where nothing else may, and are compared as what they stand for.
 * Any other hash has to be the same in both worlds.
 */
export async function sealsOf({ app }: World, panelId: string, rounds: number): Promise<string[]> {
  const db = app.database.pool;
  const { entries, batches } = await readChain(db, panelId);
  const heads = batches.map(({ head }) => head);
  const seals = [
    ...entries.flatMap(({ line, leaf }) => [leaf, ...sealsIn(line)]),
    ...heads,
    ...heads.map((head) => inBase64(panelId, head)),
  ];
  for (let round = 1; round <= rounds; round += 1) {
    const at = { panelId, round };
    for (const text of await listReceipts(db, at)) seals.push(...commitmentsIn(text));
    for (const { keys } of await listOpenings(db, at)) seals.push(...keys.map(({ key }) => key));
  }
  return seals;
}

function inBase64(panelId: string, head: string): string {
  return checkpointText({ panelId, seq: 1, head }).trim().split("\n").at(-1) ?? "";
}

function commitmentsIn(text: string): string[] {
  return receiptSchema.parse(JSON.parse(text)).commitments.map(({ commitment }) => commitment);
}

/** Those by name: of one's own receipt, of the cells in the chain, and over the whole of a file. */
export function sealsIn(text: string): string[] {
  return [...text.matchAll(/"(?:commitment|seal|contentHash)":"([0-9a-f]{64})"/g)].map(([, seal = ""]) => seal);
}

const hash = /\b[0-9a-f]{64}\b|[A-Za-z0-9+/]{43}=/g;
const list = /[0-9a-f]{64}(?:\\*",\\*"[0-9a-f]{64})+/g;

/** Puts in the place of each seal what it stands for: the first, the second ... that was met. */
export function unsealing(seals: ReadonlySet<string>): (text: string) => string {
  const places = new Map<string, string>();
  const placeOf = (seal: string) => {
    if (!seals.has(seal)) return seal;
    const place = places.get(seal) ?? `seal ${places.size}`;
    places.set(seal, place);
    return place;
  };
  // Where seals stand sorted by value, their order is chance: those met elsewhere are found among the others.
  const unsorted = (run: string) => {
    const members = run.split(/\\*",\\*"/);
    const isSorted = members.every((one, place) => place === 0 || (members[place - 1] ?? "") < one);
    if (!isSorted || !members.every((one) => seals.has(one))) return run;
    return members
      .map((one) => places.get(one) ?? "a seal")
      .sort()
      .join();
  };
  return (text) => text.replaceAll(list, unsorted).replaceAll(hash, placeOf);
}
