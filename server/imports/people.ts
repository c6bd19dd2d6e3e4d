import type { Bundle } from "#rubric/bundle.ts";
import type { AnsweredRound, ImportedMember } from "#rubric/imported-panel.ts";
import type { History, Joined } from "./history.ts";

/** The members a bundle lists, and of a pseudonymous panel the one who left and whose code stands under scores. */
export function importedMembers(bundle: Bundle, history: History): ImportedMember[] {
  const listed = bundle.members.map((member): ImportedMember => {
    const known = history.people.get(member.memberId);
    return {
      key: member.memberId,
      isNamed: true,
      name: member.name,
      email: member.email ?? null,
      role: member.role,
      scores: known?.scores ?? member.role === "reviewer",
      group: member.group,
      code: member.code ?? null,
      joinedAt: known?.joinedAt ?? history.createdAt,
      leftAt: known?.leftAt ?? null,
    };
  });
  const [code] = codesOfNobody(bundle);
  const [gone] = scorersGone(bundle, history);
  return code !== undefined && gone ? [...listed, goneMember(gone, code)] : listed;
}

/** Codes under which scores stand and which no listed member has. */
export function codesOfNobody({ members, scores }: Bundle): string[] {
  const known = new Set(members.map(({ code }) => code));
  return [...new Set(scores.flatMap(({ code }) => (code === undefined || known.has(code) ? [] : [code])))];
}

/** Who scored, left after the codes had been dealt, and is not listed any more. */
export function scorersGone({ members, rounds }: Bundle, { people }: History): Joined[] {
  const listed = new Set(members.map(({ memberId }) => memberId));
  const dealtAt = rounds[0]?.openedAt ?? "";
  return [...people.values()].filter(
    ({ memberId, scores, leftAt }) => scores && leftAt !== null && leftAt >= dealtAt && !listed.has(memberId),
  );
}

function goneMember({ memberId, ...known }: Joined, code: string): ImportedMember {
  return { ...known, key: memberId, isNamed: true, email: null, code };
}

/** As many as scored in the largest round, none of them anybody: they have left, so no list shows them. */
export function unnamedMembers(rounds: readonly AnsweredRound[], { createdAt }: History): ImportedMember[] {
  const most = Math.max(0, ...rounds.map(({ reviews }) => reviews.length));
  return Array.from({ length: most }, (_, index) => ({
    key: unnamedKey(index),
    isNamed: false,
    name: "A reviewer whom the record does not name",
    email: null,
    role: "reviewer",
    scores: true,
    group: null,
    code: null,
    joinedAt: createdAt,
    leftAt: createdAt,
  }));
}

export function unnamedKey(index: number): string {
  return `unnamed ${index + 1}`;
}
