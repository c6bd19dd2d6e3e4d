import { and, asc, eq } from "drizzle-orm";
import type { RubricVersion } from "#rubric/rubric.ts";
import type { Db } from "./open.ts";
import { rubric } from "./schema.ts";

export interface RubricRow extends RubricVersion {
  readonly rubricHash: string;
}

const columns = {
  version: rubric.version,
  rubric: rubric.rubric,
  policies: rubric.policies,
  referenceReading: rubric.referenceReading,
  rubricHash: rubric.rubricHash,
};

/** Writes version 1 of a panel's rubric, or rewrites it while the panel is a draft. */
export async function storeRubric(db: Db, panelId: string, row: RubricRow): Promise<void> {
  const values = {
    rubric: row.rubric,
    policies: [...row.policies],
    referenceReading: row.referenceReading,
    rubricHash: row.rubricHash,
  };
  await db
    .insert(rubric)
    .values({ panelId, version: row.version, ...values })
    .onConflictDoUpdate({ target: [rubric.panelId, rubric.version], set: values });
}

/** @throws Error where the version does not exist: a panel always has its rubric */
export async function readRubric(db: Db, panelId: string, version: number): Promise<RubricRow> {
  const [row] = await db
    .select(columns)
    .from(rubric)
    .where(and(eq(rubric.panelId, panelId), eq(rubric.version, version)));
  if (!row) throw new Error(`panel ${panelId} has no rubric version ${version}`);
  return row;
}

/**
 * The version a round was opened under.
 * @throws Error where the round does not exist
 */
export async function readRubricOf(db: Db, at: { panelId: string; round: number }): Promise<RubricRow> {
  const [row] = await db.run<RubricRow>`
    select version, rubric, policies, reference_reading as "referenceReading", rubric_hash as "rubricHash"
    from round join rubric on rubric.panel_id = round.panel_id and rubric.version = round.rubric_version
    where round.panel_id = ${at.panelId} and round.round = ${at.round}`;
  if (!row) throw new Error(`panel ${at.panelId} has no round ${at.round}`);
  return row;
}

export async function listRubrics(db: Db, panelId: string): Promise<RubricRow[]> {
  return db.select(columns).from(rubric).where(eq(rubric.panelId, panelId)).orderBy(asc(rubric.version));
}
