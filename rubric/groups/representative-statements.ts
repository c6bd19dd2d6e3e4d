import { entryAt } from "#rubric/statistics/arrays.ts";
import { type Measured, undefinedFor } from "#rubric/statistics/measured.ts";

/** Votes of groups on statements: each table has a row a group, a column a statement. */
export interface GroupVotes {
  readonly agree: readonly (readonly number[])[];
  readonly disagree: readonly (readonly number[])[];
  /** Votes of any kind, passes too. */
  readonly seen: readonly (readonly number[])[];
}

export type StatementConsensus = {
  /** By statement, the groups' smoothed shares of agreement multiplied, 0..1. */
  readonly groupAwareConsensusAgree: readonly number[] | null;
  readonly groupAwareConsensusDisagree: readonly number[] | null;
  /** Groups x statements: `(agree + 1) / (seen + 2)`. */
  readonly pAgree: readonly (readonly number[])[] | null;
  /** Up to five statements a group that tell it from the others. */
  readonly representative: readonly Representative[] | null;
};

/** A statement that a group agrees or disagrees with more than the others do. Groups and statements count from 0. */
interface Representative {
  readonly group: number;
  readonly statement: number;
  readonly direction: "agree" | "disagree";
  /** How many times likelier the vote is in the group than outside. */
  readonly repness: number;
  /** Standard score of the vote's share in the group against one half. */
  readonly pTest: number;
  /** Standard score of the difference between inside and outside. */
  readonly repnessTest: number;
  /** `(nSuccess + 1) / (nTrials + 2)`. */
  readonly pSuccess: number;
  /** Votes of that direction in the group, of `nTrials`. */
  readonly nSuccess: number;
  readonly nTrials: number;
}

/**
 * What all groups agree with, and what is typical of each: the figures of Polis from its counts of votes.
 *
 * Small et al. (2021), Polis: scaling deliberation by mapping high dimensional opinion spaces, Recerca 26(2).
 *
 * @example statementConsensus({ agree: [[2], [0]], disagree: [[0], [1]], seen: [[2], [1]] }).values.groupAwareConsensusAgree // [0.25]
 */
export function statementConsensus(votes: GroupVotes): Measured<StatementConsensus> {
  const { agree, disagree, seen } = votes;
  if (seen.length === 0) {
    const keys = ["groupAwareConsensusAgree", "groupAwareConsensusDisagree", "pAgree", "representative"] as const;
    return undefinedFor(keys, "no-scores");
  }
  const pAgree = smoothed(agree, seen);
  const counted = { agree: withTotals(agree), disagree: withTotals(disagree), seen: withTotals(seen) };
  return {
    values: {
      groupAwareConsensusAgree: productsByColumn(pAgree),
      groupAwareConsensusDisagree: productsByColumn(smoothed(disagree, seen)),
      pAgree,
      representative: seen.flatMap((_, group) => representativeOf(counted, group)),
    },
    reasons: {},
  };
}

/** One-sided 90 % of the standard normal distribution. */
const significant = 1.2816;
const mostStatements = 5;

/** The best agreed statement, then those that pass both tests, strongest first; agreed before disagreed. */
function representativeOf(votes: CountedVotes, group: number): Representative[] {
  const statements = entryAt(votes.seen.counts, group).map((_, statement) => bothWays(votes, group, statement));
  const best = bestAgreed(statements);
  const finalised = statements.map(({ agree, disagree }) =>
    agree.repnessTest > disagree.repnessTest ? agree : disagree,
  );
  const sufficient = finalised.filter(({ pTest, repnessTest }) => pTest > significant && repnessTest > significant);
  if (sufficient.length === 0) return best === null ? strongest(finalised) : [best];
  const others = sufficient.filter(({ statement }) => statement !== best?.statement);
  others.sort((left, right) => metric(right) - metric(left) || left.statement - right.statement);
  const chosen = [...(best === null ? [] : [best]), ...others].slice(0, mostStatements);
  return ["agree", "disagree"].flatMap((direction) => chosen.filter((entry) => entry.direction === direction));
}

interface BothWays {
  readonly agree: Representative;
  readonly disagree: Representative;
}

function bothWays({ agree, disagree, seen }: CountedVotes, group: number, statement: number): BothWays {
  const trials = split(seen, group, statement);
  return {
    agree: { group, statement, direction: "agree", ...compare(split(agree, group, statement), trials) },
    disagree: { group, statement, direction: "disagree", ...compare(split(disagree, group, statement), trials) },
  };
}

/** A table of votes, and what all groups together gave each statement. */
interface Counted {
  readonly counts: readonly (readonly number[])[];
  readonly totals: readonly number[];
}

type CountedVotes = Readonly<Record<keyof GroupVotes, Counted>>;

function withTotals(counts: readonly (readonly number[])[]): Counted {
  const [first = []] = counts;
  return { counts, totals: first.map((_, statement) => counts.reduce((sum, row) => sum + entryAt(row, statement), 0)) };
}

interface Split {
  readonly inside: number;
  readonly outside: number;
}

/** A statement's count in the group, and in all others together. */
function split({ counts, totals }: Counted, group: number, statement: number): Split {
  const inside = entryAt(entryAt(counts, group), statement);
  return { inside, outside: entryAt(totals, statement) - inside };
}

function compare(votes: Split, trials: Split) {
  const [n, N, o, O] = [votes.inside, trials.inside, votes.outside, trials.outside];
  const pSuccess = (n + 1) / (N + 2);
  const [a, b, h] = [(n + 1) / (N + 1), (o + 1) / (O + 1), (n + o + 2) / (N + O + 2)];
  return {
    repness: pSuccess / ((o + 1) / (O + 2)),
    pTest: 2 * Math.sqrt(N + 1) * (a - 0.5),
    repnessTest: h === 1 ? 0 : (a - b) / Math.sqrt(h * (1 - h) * (1 / (N + 1) + 1 / (O + 1))),
    pSuccess,
    nSuccess: n,
    nTrials: N,
  };
}

/** The statement the group stands behind most: once one it holds more than the others do is found, only a stronger counts. */
function bestAgreed(statements: readonly BothWays[]): Representative | null {
  const voted = statements.filter(({ agree, disagree }) => agree.nSuccess > 0 || disagree.nSuccess > 0);
  return voted.reduce<Representative | null>((held, { agree }) => (isBetterAgreed(agree, held) ? agree : held), null);
}

function isBetterAgreed(next: Representative, held: Representative | null): boolean {
  if (held === null) return next.pTest > significant || (next.repness > 1 && next.pSuccess > 0.5);
  if (held.repness > 1) return metric(next) > metric(held);
  return next.pSuccess * next.pTest > held.pSuccess * held.pTest;
}

function metric({ repness, repnessTest, pSuccess, pTest }: Representative): number {
  return repness * repnessTest * pSuccess * pTest;
}

/** The one with the largest repness test, the first of several; none of none. */
function strongest(statements: readonly Representative[]): Representative[] {
  const [first, ...others] = statements;
  if (first === undefined) return [];
  return [others.reduce((held, next) => (next.repnessTest > held.repnessTest ? next : held), first)];
}

function smoothed(votes: readonly (readonly number[])[], seen: readonly (readonly number[])[]): number[][] {
  return votes.map((row, group) =>
    row.map((count, statement) => (count + 1) / (entryAt(entryAt(seen, group), statement) + 2)),
  );
}

function productsByColumn(table: readonly (readonly number[])[]): number[] {
  const [first = []] = table;
  return first.map((_, column) => table.reduce((product, row) => product * entryAt(row, column), 1));
}
