import { randomBytes } from "node:crypto";
import { openCells } from "#db/consensus.ts";
import {
  insertImportedChain,
  insertImportedMembers,
  insertImportedPanel,
  insertImportedPoints,
  insertImportedReviews,
  insertImportedRound,
  insertImportedScores,
} from "#db/imports.ts";
import { asDatabase } from "#db/one-transaction.ts";
import type { Db } from "#db/open.ts";
import { insertOpenings } from "#db/openings.ts";
import { findPanel } from "#db/panels.ts";
import { storeRoundFigures } from "#db/round-figures.ts";
import { storeRubric } from "#db/rubrics.ts";
import { insertSnapshot } from "#db/snapshots.ts";
import { insertWithheld } from "#db/withheld.ts";
import { secondLooks } from "#rubric/analysis/second-looks.ts";
import type { Bundle } from "#rubric/bundle.ts";
import { bundleSchema, snapshotInputSchema } from "#rubric/bundle-schema.ts";
import { canonical } from "#rubric/canonical.ts";
import type { ImportedRound, ImportPlan } from "#rubric/imported-panel.ts";
import { methodName } from "#rubric/reconcile.ts";
import { refreshRound } from "../aggregation/refresh.ts";
import type { Application } from "../application.ts";
import { importFault } from "../imports/fault.ts";
import { importPlan } from "../imports/plan.ts";
import { Refusal } from "../refusal.ts";
import { differenceFromBundle } from "../reports/same-bundle.ts";
import { verifyBundle } from "../reports/verify-bundle.ts";
import { type Seating, seatMembers } from "./seat-members.ts";

export interface Imported extends Pick<Seating, "newAccounts"> {
  readonly panelId: string;
  readonly title: string;
  readonly members: number;
  readonly facilitator: string;
}

/** A bundle that was changed after it was taken, or that never held. */
export class BrokenBundle extends Error {
  override readonly name = "BrokenBundle";
}

/**
 * Makes the panel of a bundle anew on this installation: the same ids, times, lines and hashes. The account behind `email`
 * takes the seat of its facilitator. Before it is kept, the panel is taken home again and compared: if that is not the same
 * bundle, nothing has happened.
 *
 * @throws BrokenBundle where `verify` finds something; Refusal in words where it cannot become the same panel
 */
export async function importBundle(app: Application, value: unknown, email: string): Promise<Imported> {
  const bundle = requireSound(value);
  const fault = importFault(bundle);
  if (fault !== null) throw new Refusal(422, fault);
  const plan = importPlan(bundle);
  return app.database.write(async (db) => {
    await db.run`select set_config('statement_timeout', '11s', true), set_config('idle_in_transaction_session_timeout', '0', true)`;
    const { panelId, title } = bundle.panel;
    if (await findPanel(db, panelId))
      throw new Refusal(409, `There is a panel ${panelId} here already; it was left as it is.`);
    const seating = await seatMembers(app, db, { plan, email });
    await insertRecord(db, { bundle, plan, seating });
    const inside = { clock: () => new Date(bundle.exportedAt), database: asDatabase(db) };
    const difference = await differenceFromBundle(inside, bundle);
    if (difference !== null)
      throw new Refusal(
        422,
        `This Concord cannot keep everything this bundle holds (${difference}), so it was not imported.`,
      );
    const { newAccounts, facilitator } = seating;
    return { panelId, title, members: bundle.members.length, facilitator, newAccounts };
  });
}

function requireSound(value: unknown): Bundle {
  const wrong = verifyBundle(value).find(({ outcome }) => outcome === "differs");
  if (wrong) throw new BrokenBundle(`${wrong.name}: ${wrong.detail ?? ""}`);
  return bundleSchema.parse(value);
}

interface Keeping {
  readonly bundle: Bundle;
  readonly plan: ImportPlan;
  readonly seating: Seating;
}

async function insertRecord(db: Db, { bundle, plan, seating }: Keeping): Promise<void> {
  const { panelId, title, question, phase, round, version } = bundle.panel;
  const newest = bundle.rubrics.at(-1);
  if (!newest) throw new Refusal(422, "This bundle holds no rubric.");
  await insertImportedPanel(db, {
    panelId,
    title,
    question,
    synthetic: bundle.synthetic,
    phase,
    round,
    protocol: bundle.protocol,
    protocolHash: bundle.protocolHash,
    rubricVersion: newest.version,
    secret: randomBytes(32),
    version,
    stateVersion: version,
    createdAt: plan.createdAt,
    scale: newest.rubric.scale,
  });
  for (const one of bundle.rubrics)
    await storeRubric(db, panelId, { ...one, referenceReading: one.referenceReading ?? null });
  await insertImportedMembers(db, panelId, seating.members);
  for (const one of plan.rounds) await insertRound(db, panelId, withSeats(one, seating));
  await insertSnapshots(db, bundle);
  await insertImportedChain(db, panelId, bundle.audit);
  await refreshRounds(db, plan, panelId);
}

function withSeats(round: ImportedRound, { idOf }: Seating): ImportedRound {
  const seated = <Item extends { readonly member: string }>(item: Item) => ({ ...item, member: idOf(item.member) });
  return {
    ...round,
    reviews: round.reviews.map(seated),
    scores: round.scores.map(seated),
    points: round.points.map(seated),
  };
}

async function insertRound(db: Db, panelId: string, one: ImportedRound): Promise<void> {
  const at = { panelId, round: one.round };
  await insertImportedRound(db, panelId, one);
  await openCells(db, at, one.scope);
  await insertImportedReviews(db, at, one.reviews);
  const savedAt = one.revealedAt ?? one.openedAt;
  await insertImportedScores(db, { ...at, savedAt }, one.scores);
  await insertImportedPoints(db, { ...at, savedAt }, one.points);
  await insertWithheld(db, at, one.withheld);
  await insertOpenings(
    db,
    one.openings.map((opened) => ({ ...at, ...opened })),
  );
}

async function insertSnapshots(db: Db, { panel: { panelId }, snapshots }: Bundle): Promise<void> {
  for (const { version, round, method, createdAt, inputHash, outputHash, ...values } of snapshots) {
    const figures = { input: canonical(values.input), inputHash, output: canonical(values.output), outputHash };
    const made = { methodId: method.id, methodVersion: method.version, createdAt };
    await insertSnapshot(db, { panelId, version, round, ...made, ...figures });
    const looks = looksFrom(values.input);
    const name = `${method.id}@${method.version}`;
    if (name === methodName && looks !== null)
      await storeRoundFigures(db, { panelId, round, method: name, ...figures, secondLooks: looks });
  }
}

/** What of a closed round's figures is in no bundle follows from what is; `null` for a method that had none. */
function looksFrom(value: unknown): string | null {
  const input = snapshotInputSchema.safeParse(value).data;
  return input?.format === "concord-snapshot-input/2" ? canonical(secondLooks(input.analysed)) : null;
}

/** The consensus is no part of a bundle's record: it follows from the answers. */
async function refreshRounds(db: Db, plan: ImportPlan, panelId: string): Promise<void> {
  const panel = await findPanel(db, panelId);
  for (const { round } of plan.rounds) if (panel) await refreshRound(db, panel, round);
}
