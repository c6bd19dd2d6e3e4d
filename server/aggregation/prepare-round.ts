import { listCells, type RoundKey } from "#db/consensus.ts";
import type { Database, Db } from "#db/open.ts";
import { findPanel, type PanelRow } from "#db/panels.ts";
import { type RoundFigures, storeRoundFigures } from "#db/round-figures.ts";
import { listRounds, readScope } from "#db/rounds.ts";
import { readRubricOf } from "#db/rubrics.ts";
import type { OnStep } from "#rubric/analysis/analysis.ts";
import { analysisInput, type RevealedRoundAnswers } from "#rubric/analysis/analysis-input.ts";
import { secondLooks } from "#rubric/analysis/second-looks.ts";
import type { BundlePoints } from "#rubric/bundle.ts";
import { canonical } from "#rubric/canonical.ts";
import { methodName } from "#rubric/reconcile.ts";
import { type SecondInput, type SnapshotContext, snapshotCell, snapshotOutput } from "#rubric/snapshot.ts";
import { hashOf, sha256 } from "../hash.ts";
import { revealedAnswers } from "../reports/revealed-answers.ts";
import { revealedPoints } from "../reports/revealed-points.ts";
import { seedFor } from "./seed.ts";

/**
 * Computes and stores everything that the snapshot of a revealed round will hold. From the reveal on no score of the round
 * can change, so it may be done at any time before the close, and again with the same result.
 *
 * @returns the figures as stored; `null` if no such round is revealed
 */
export async function prepareRound(database: Database, at: RoundKey, onStep?: OnStep): Promise<RoundFigures | null> {
  const sources = await database.read((db) => readSources(db, at));
  if (sources === null) return null;
  const { input, context } = sources;
  const inputText = canonical(input);
  const inputHash = sha256(inputText);
  const seedOf = (purpose: string) => seedFor(inputHash, purpose);
  const output = snapshotOutput(input, context, { seedOf, ...(onStep ? { onStep } : {}) });
  const outputText = canonical(output);
  const figures: RoundFigures = {
    ...at,
    method: methodName,
    input: inputText,
    inputHash,
    output: outputText,
    outputHash: sha256(outputText),
    secondLooks: canonical(secondLooks(input.analysed)),
  };
  await storeRoundFigures(database.pool, figures);
  return figures;
}

async function readSources(db: Db, at: RoundKey): Promise<{ input: SecondInput; context: SnapshotContext } | null> {
  const panel = await findPanel(db, at.panelId);
  const rounds = await listRounds(db, at.panelId);
  const isRevealed = rounds.some(({ round, revealedAt }) => round === at.round && revealedAt !== null);
  if (!panel || !isRevealed) return null;
  const rubricVersion = await readRubricOf(db, at);
  const { rubric, policies } = rubricVersion;
  const { protocol } = panel;
  const answers = await readAnswers(db, panel, at.round);
  const points = await readPoints(db, panel, at.round);
  const { scores, histograms } = answers.at(-1) ?? { scores: [], histograms: [] };
  const input: SecondInput = {
    format: "concord-snapshot-input/2",
    round: at.round,
    rubricVersion: rubricVersion.version,
    rubricHash: rubricVersion.rubricHash,
    protocolHash: panel.protocolHash,
    cells: (await listCells(db, at)).map(snapshotCell),
    answersHash: hashOf({ scores, histograms }),
    analysed: analysisInput({ rounds: answers, points, rubric, policies, protocol }),
  };
  return { input, context: { rubric, policies, protocol } };
}

/** The swing points of the same rounds, as every member may see them. */
async function readPoints(db: Db, { panelId, protocol }: PanelRow, upTo: number): Promise<BundlePoints[]> {
  const { identity, minScores } = protocol;
  const points: BundlePoints[] = [];
  for (let round = 1; round <= upTo; round += 1)
    points.push(...(await revealedPoints(db, { panelId, round, identity, minScores })));
  return points;
}

/** The answers of the rounds up to this one, each as every member may see them. */
async function readAnswers(db: Db, { panelId, protocol }: PanelRow, upTo: number): Promise<RevealedRoundAnswers[]> {
  const { identity, minScores } = protocol;
  const answers: RevealedRoundAnswers[] = [];
  for (let round = 1; round <= upTo; round += 1) {
    const scope = await readScope(db, panelId, round);
    answers.push({ round, scope, ...(await revealedAnswers(db, { panelId, round, identity, minScores })) });
  }
  return answers;
}
