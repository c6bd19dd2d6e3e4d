import { type MemberRow, setCode } from "#db/members.ts";
import type { Db } from "#db/open.ts";
import type { Chance } from "../chance.ts";

/** Deals the codes of a pseudonymous panel at random, when round 1 opens; each member keeps theirs. */
export async function dealCodes(db: Db, members: readonly MemberRow[], chance: Chance): Promise<void> {
  const scoring = chance.shuffle(members.filter((member) => member.scores));
  for (const [index, member] of scoring.entries()) await setCode(db, member, `Reviewer ${index + 1}`);
}

/** The code of someone who joins later: the next number. */
export function nextCode(members: readonly MemberRow[]): string {
  return `Reviewer ${members.filter((member) => member.code !== null).length + 1}`;
}
