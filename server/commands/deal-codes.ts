import { clearCodes, listMembers, type MemberRow, setCode } from "#db/members.ts";
import type { Db } from "#db/open.ts";
import type { PanelRow } from "#db/panels.ts";
import type { Chance } from "../chance.ts";

/** Deals the codes of a pseudonymous panel at random. */
export async function dealCodes(db: Db, members: readonly MemberRow[], chance: Chance): Promise<void> {
  const scoring = chance.shuffle(members.filter((one) => one.scores && (!one.hasLeft || one.code !== null)));
  const [anyone] = scoring;
  if (anyone) await clearCodes(db, anyone.panelId);
  for (const [index, member] of scoring.entries()) await setCode(db, member, `Reviewer ${index + 1}`);
}

interface Newcomer {
  readonly memberId: string;
  readonly chance: Chance;
  /** Whether the panel has been revealed once: from then on nobody's code changes. */
  readonly isAfterReveal: boolean;
}

/**
 * The code of a reviewer who joins once round 1 has opened. All know who joins when, so the next number would be that
 * person's name: before the first reveal, when nobody but facilitators has seen a code, all are dealt anew.
 */
export async function giveCode(db: Db, { panelId, protocol, round }: PanelRow, newcomer: Newcomer): Promise<void> {
  if (protocol.identity !== "pseudonymous" || round === null) return;
  const members = await listMembers(db, panelId);
  if (!newcomer.isAfterReveal) return dealCodes(db, members, newcomer.chance);
  const dealt = members.filter((member) => member.code !== null).length;
  await setCode(db, { panelId, memberId: newcomer.memberId }, `Reviewer ${dealt + 1}`);
}
