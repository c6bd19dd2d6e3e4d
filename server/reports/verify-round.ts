import { analysisInput } from "#rubric/analysis/analysis-input.ts";
import type { Bundle } from "#rubric/bundle.ts";
import { byCell, tallyOf } from "#rubric/bundle-answers.ts";
import { snapshotInputSchema } from "#rubric/bundle-schema.ts";
import { canonical } from "#rubric/canonical.ts";
import { cellKey } from "#rubric/rubric.ts";
import {
  type SnapshotCell,
  type SnapshotContext,
  type SnapshotInput,
  type SnapshotOutput,
  snapshotOutput,
} from "#rubric/snapshot.ts";
import { total } from "#rubric/statistics/quantile.ts";
import type { SnapshotView } from "#rubric/views.ts";
import { seedFor } from "#server/aggregation/seed.ts";
import { hashOf } from "#server/hash.ts";
import { type Check, check, firstOf, uncheckable, unless } from "./verify-check.ts";
import { pointsOfRound } from "./verify-points.ts";

/** Everything that follows from a closed round's snapshot, and from the answers beside it. */
export function roundChecks(bundle: Bundle, snapshot: SnapshotView): Check[] {
  const name = (part: string) => `round ${snapshot.round}, ${part}`;
  const parsed = snapshotInputSchema.safeParse(snapshot.input);
  if (!parsed.success) return [check(name("input"), "it has not the form of a snapshot's input")];
  const input = parsed.data;
  return [
    check(
      name("input hash"),
      unless(hashOf(snapshot.input) === snapshot.inputHash, "the input is not the one that was hashed"),
    ),
    check(
      name("output hash"),
      unless(hashOf(snapshot.output) === snapshot.outputHash, "the figures are not the ones that were hashed"),
    ),
    check(name("set-up"), setUpFault(bundle, snapshot, input)),
    answersCheck(name("answers"), bundle, input),
    check(name("tallies"), talliesFault(bundle, input)),
    check(name("analysed scores"), analysedFault(bundle, input)),
    check(name("figures"), figuresFault(bundle, snapshot, input)),
  ];
}

function setUpFault(
  { rounds, rubrics, protocolHash }: Bundle,
  snapshot: SnapshotView,
  input: SnapshotInput,
): string | null {
  const round = rounds.find((one) => one.round === input.round);
  const rubric = rubrics.find(({ version }) => version === input.rubricVersion);
  return firstOf([
    () => unless(input.round === snapshot.round, "the input is of another round"),
    () => unless(round?.rubricVersion === input.rubricVersion, "the input names another rubric version"),
    () => unless(rubric?.rubricHash === input.rubricHash, "the input names another rubric"),
    () => unless(input.protocolHash === protocolHash, "the input names another protocol"),
    () =>
      unless(
        input.cells.map(cellKey).join() === round?.scope.map(cellKey).join(),
        "the cells are not the round's scope",
      ),
  ]);
}

/** The answers as the bundle carries them, against the hash that was taken of them when the round was closed. */
function answersCheck(name: string, bundle: Bundle, input: SnapshotInput): Check {
  const scores = bundle.scores.filter(({ round }) => round === input.round);
  const histograms = bundle.histograms.filter(({ round }) => round === input.round);
  if (histograms.length > 0 && histograms.every(({ rationales }) => rationales === null)) {
    return uncheckable(name, "an observer's file of an anonymous panel leaves the texts out");
  }
  return check(
    name,
    unless(hashOf({ scores, histograms }) === input.answersHash, "a score or text is not the one that was counted"),
  );
}

/** Counts every cell again where the bundle carries answers to it. */
function talliesFault(bundle: Bundle, input: SnapshotInput): string | null {
  const scale = bundle.rubrics.find(({ version }) => version === input.rubricVersion)?.rubric.scale;
  if (!scale) return "the rubric is missing";
  const counted = new Map(histogramCells(bundle, input.round).map((cell) => [cellKey(cell), cell]));
  const scores = byCell(bundle.scores.filter(({ round }) => round === input.round));
  for (const cell of input.cells) {
    const answers = scores.get(cellKey(cell));
    const found = answers
      ? scoredCell(cell, tallyOf(answers, scale), bundle.protocol.minScores)
      : counted.get(cellKey(cell));
    const isCarried = bundle.protocol.identity !== "pseudonymous" || cell.counts !== null;
    if (isCarried && canonical(found ?? null) !== canonical(cell))
      return `${cellKey(cell)}: the counts do not follow from the answers`;
  }
  return null;
}

function scoredCell(
  { policyId, criterionId }: SnapshotCell,
  tally: ReturnType<typeof tallyOf>,
  minScores: number,
): SnapshotCell {
  const { counts, cannotJudge, abstain, recused, absent, reviewers } = tally;
  const n = total(counts);
  return {
    policyId,
    criterionId,
    reviewers,
    n,
    counts: n < minScores ? null : counts,
    nonScores: { cannotJudge, abstain, recused, absent },
  };
}

function histogramCells(bundle: Bundle, inRound: number): SnapshotCell[] {
  return bundle.histograms
    .filter(({ round }) => round === inRound)
    .map(({ policyId, criterionId, n, counts, nonScores }) => {
      const { cannotJudge, abstain, recused, absent } = nonScores;
      return { policyId, criterionId, reviewers: n + cannotJudge + abstain + recused + absent, n, counts, nonScores };
    });
}

/** Runs the method over the input again and compares the bytes. */
function figuresFault(bundle: Bundle, snapshot: SnapshotView, input: SnapshotInput): string | null {
  const version = bundle.rubrics.find((one) => one.version === input.rubricVersion);
  if (!version) return "the rubric is missing";
  const output = recompute(input, { rubric: version.rubric, policies: version.policies, protocol: bundle.protocol });
  if (output === null) return "the method cannot be run over this input";
  if (canonical(output.method) !== canonical(snapshot.method))
    return `they were made by ${snapshot.method.id} ${snapshot.method.version}, which this Concord cannot repeat`;
  return unless(canonical(output) === canonical(snapshot.output), "a figure does not follow from the input");
}

/** An input that was tampered with may be one that the method was never meant for. */
function recompute(input: SnapshotInput, context: SnapshotContext): SnapshotOutput | null {
  const inputHash = hashOf(input);
  try {
    return snapshotOutput(input, context, { seedOf: (purpose) => seedFor(inputHash, purpose) });
  } catch {
    return null;
  }
}

/** What the figures over several cells were computed from, made again from the answers of the rounds up to this one. */
function analysedFault(bundle: Bundle, input: SnapshotInput): string | null {
  if (input.format === "concord-snapshot-input/1") return null;
  const version = bundle.rubrics.find((one) => one.version === input.rubricVersion);
  if (!version) return "the rubric is missing";
  const { rubric, policies } = version;
  const rounds = bundle.rounds
    .filter(({ round }) => round <= input.round)
    .map(({ round, scope }) => ({
      round,
      scope,
      scores: bundle.scores.filter((score) => score.round === round),
      histograms: bundle.histograms.filter((histogram) => histogram.round === round),
    }));
  const points = rounds.flatMap(({ round }) => pointsOfRound(bundle, round));
  const again = analysisInput({ rounds, points, rubric, policies, protocol: bundle.protocol });
  return unless(
    canonical(again) === canonical(input.analysed),
    "what the figures over several cells are computed from does not follow from the answers",
  );
}
