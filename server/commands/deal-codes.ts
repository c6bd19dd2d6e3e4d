import { randomInt } from "node:crypto";
import { type MemberRow, setCode } from "#db/members.ts";
import type { Db } from "#db/open.ts";

/** Deals the codes of a pseudonymous panel at random, when round 1 opens; each member keeps theirs. */
export async function dealCodes(db: Db, members: readonly MemberRow[]): Promise<void> {
  const scoring = shuffle(members.filter((member) => member.scores));
  for (const [index, member] of scoring.entries()) await setCode(db, member, `Reviewer ${index + 1}`);
}

/** The code of someone who joins later: the next number. */
export function nextCode(members: readonly MemberRow[]): string {
  return `Reviewer ${members.filter((member) => member.code !== null).length + 1}`;
}

function shuffle<Item>(items: readonly Item[]): Item[] {
  const left = [...items];
  return items.flatMap(() => left.splice(randomInt(left.length), 1));
}
