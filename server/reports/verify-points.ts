import type { Bundle, BundlePoints } from "#rubric/bundle.ts";
import { asksForPoints, unknownCriteria } from "#rubric/points.ts";
import { hashOf } from "../hash.ts";
import { unless } from "./verify-check.ts";
import type { Line } from "./verify-lines.ts";

/** Swing points stand only where a panel asks for them, once under each label, in revealed rounds, on criteria of theirs, as revealed. */
export function pointsFault(bundle: Bundle, lines: readonly Line[]): string | null {
  const seen = new Set<string>();
  for (const row of bundle.points ?? []) {
    const label = `${row.round} ${labelOf(bundle, row)}`;
    if (seen.has(label)) return `round ${row.round}: two rows stand under one label`;
    seen.add(label);
    const fault = rowFault(bundle, row);
    if (fault !== null) return `round ${row.round}: ${fault}`;
  }
  const changed = lines
    .flatMap((line) => (line.act === "round-revealed" ? [line] : []))
    .find(({ round, pointsHash }) => pointsHash !== undefined && pointsHash !== hashOf(pointsOfRound(bundle, round)));
  return unless(changed === undefined, `round ${changed?.round} was revealed with others`);
}

/** The rows of one round, whose hash is in the line of its reveal. */
export function pointsOfRound({ points }: Bundle, round: number): BundlePoints[] {
  return (points ?? []).filter((row) => row.round === round);
}

function rowFault(bundle: Bundle, row: BundlePoints): string | null {
  if (!asksForPoints(bundle.protocol)) return "an anonymous panel has no points";
  if (labelOf(bundle, row) === null) return "a row is not labelled as the panel labels its answers";
  const round = bundle.rounds.find((one) => one.round === row.round);
  if (!round || round.revealedAt === null) return "it was not revealed";
  const version = bundle.rubrics.find((one) => one.version === round.rubricVersion);
  const unknown = unknownCriteria(row.points, version?.rubric.criteria ?? []);
  return unless(unknown.length === 0, `the rubric has no ${unknown.join()}`);
}

function labelOf({ protocol, members }: Bundle, { memberId, code }: BundlePoints): string | null {
  if (protocol.identity !== "named") return memberId === undefined ? (code ?? null) : null;
  return code === undefined && members.some((one) => one.memberId === memberId) ? (memberId ?? null) : null;
}
