import type { Bundle } from "#rubric/bundle.ts";
import { hashOf } from "#server/hash.ts";
import { createdBy } from "./verify-audit.ts";
import { firstOf, unless } from "./verify-check.ts";
import { type Line, linesAbout } from "./verify-lines.ts";

/** Who is in the panel under which name and role, by the lines that tell of joining and leaving. */
export function membersFault({ members, scores, roster }: Bundle, lines: readonly Line[]): string | null {
  const { joined, left } = membershipOf(lines);
  const authors = new Set(scores.map(({ memberId }) => memberId));
  const listed = new Set(members.map(({ memberId }) => memberId));
  const missing = [...joined.values()].find(({ memberId }) => !left.has(memberId) && !listed.has(memberId));
  const gone = members.find(({ memberId }) => left.has(memberId) && !authors.has(memberId));
  const stranger = roster?.entries.find(({ memberId, name }) => joined.get(memberId)?.name !== name);
  return firstOf([
    () => unless(listed.size === members.length, "a member is listed twice"),
    ...members.map((member) => () => memberFault(member, joined.get(member.memberId))),
    () => unless(missing === undefined, `${missing?.name} is left out`),
    () => unless(gone === undefined, `${gone?.name} has left`),
    () => unless(stranger === undefined, "the roster names somebody under another name"),
  ]);
}

type Joined = Line & { act: "member-joined" };

function memberFault({ name, role, group }: Bundle["members"][number], line: Joined | undefined): string | null {
  if (!line) return `no line tells that ${name} joined`;
  const isSame = line.name === name && line.role === role && (line.group === undefined || line.group === group);
  return unless(isSame, `${name} did not join under this name, role and group`);
}

function membershipOf(lines: readonly Line[]): { joined: Map<string, Joined>; left: Set<string> } {
  const joined = lines.flatMap((line) => (line.act === "member-joined" ? [[line.memberId, line] as const] : []));
  const left = lines.flatMap((line) => (line.act === "member-left" ? [line.memberId] : []));
  return { joined: new Map(joined), left: new Set(left) };
}

/** When each round was opened, revealed and closed, and so where the panel stands. */
export function timesFault({ panel, rounds, snapshots }: Bundle, lines: readonly Line[]): string | null {
  const opened = lines.filter((line) => line.act === "round-opened").length;
  if (opened !== rounds.length) return "the rounds are not the ones in the audit lines";
  for (const { round, openedAt, revealedAt, closedAt } of rounds) {
    const when = (act: "round-opened" | "round-revealed" | "round-closed") =>
      linesAbout(lines, act, round)[0]?.at ?? null;
    if (when("round-opened") !== openedAt) return `round ${round} was opened at another time`;
    if (when("round-revealed") !== revealedAt) return `round ${round} was revealed at another time`;
    if (when("round-closed") !== closedAt) return `round ${round} was closed at another time`;
  }
  const misdated = snapshots.find(
    ({ round, createdAt }) => linesAbout(lines, "round-closed", round)[0]?.at !== createdAt,
  );
  if (misdated) return `the snapshot of round ${misdated.round} was made at another time`;
  return unless(panel.round !== null || panel.phase === "draft", "the panel is past its draft and has no round");
}

/** How many submitted and, once it is revealed, who was expected and when each of them submitted. */
export function progressFault(bundle: Bundle, lines: readonly Line[]): string | null {
  const { panel, roster } = bundle;
  const { submitted, expected } = panel.progress;
  const wrong = "the progress is not the one in the audit lines";
  if (panel.round === null) {
    const isOld = createdBy(lines)?.panelId === undefined;
    return unless(isOld || (submitted === 0 && expected === scoringMembers(lines)), wrong);
  }
  const [revealed] = linesAbout(lines, "round-revealed", panel.round);
  if (!revealed) {
    const isOld = createdBy(lines)?.panelId === undefined;
    const isPossible = submitted === submittedBy(lines, panel.round) && submitted <= expected;
    return unless(isOld || isPossible, wrong);
  }
  return firstOf([
    () => unless(revealed.submitted === submitted && revealed.expected === expected, wrong),
    () => (roster ? rosterFault(bundle, revealed) : null),
  ]);
}

function rosterFault({ roster, protocol, rounds }: Bundle, revealed: Line & { act: "round-revealed" }): string | null {
  const entries = roster?.entries ?? [];
  const submitted = entries.filter(({ state }) => state === "submitted");
  const isCounted = submitted.length === revealed.submitted && entries.length === revealed.expected;
  const times = new Map(revealed.reviews.map(({ who, submittedAt }) => [who, submittedAt]));
  const isTimed = submitted.every(({ memberId, submittedAt }) => times.get(memberId) === submittedAt);
  const scope = rounds.find(({ round }) => round === revealed.round)?.scope.length;
  const isSized =
    entries.every(({ cells }) => cells === scope) && submitted.every(({ complete }) => complete === scope);
  return firstOf([
    () => unless(roster?.round === revealed.round && isCounted, "the roster is not of those who submitted"),
    () => unless(isTimed || protocol.identity !== "named", "the roster has another time of submission"),
    () => unless(isSized, "the roster counts other cells"),
  ]);
}

function scoringMembers(lines: readonly Line[]): number {
  const { joined, left } = membershipOf(lines);
  return [...joined.values()].filter(({ memberId, scores }) => scores && !left.has(memberId)).length;
}

function submittedBy(lines: readonly Line[], round: number): number {
  return linesAbout(lines, "review-submitted", round).length - linesAbout(lines, "submission-reopened", round).length;
}

/** The reference reading is the one that the reveal showed to everyone. */
export function readingFault({ rounds, rubrics }: Bundle, lines: readonly Line[]): string | null {
  for (const { round, rubricVersion } of rounds) {
    const [revealed] = linesAbout(lines, "round-revealed", round);
    if (revealed?.readingHash === undefined) continue;
    const reading = rubrics.find(({ version }) => version === rubricVersion)?.referenceReading;
    if ((reading ? hashOf(reading) : null) !== revealed.readingHash)
      return `the reference reading is not the one that round ${round} revealed`;
  }
  return null;
}
