import { and, asc, eq, isNull } from "drizzle-orm";
import type { Protocol } from "#rubric/protocol.ts";
import type { Phase } from "#rubric/round.ts";
import type { ScaleRange } from "#rubric/scale.ts";
import type { Db } from "./open.ts";
import { member, panel } from "./schema.ts";

export interface PanelRow {
  readonly panelId: string;
  readonly title: string;
  readonly question: string;
  readonly synthetic: boolean;
  readonly phase: Phase;
  readonly round: number | null;
  readonly protocol: Protocol;
  readonly protocolHash: string;
  readonly rubricVersion: number;
  readonly secret: Uint8Array;
  readonly version: number;
  readonly stateVersion: number;
}

const columns = {
  panelId: panel.panelId,
  title: panel.title,
  question: panel.question,
  synthetic: panel.synthetic,
  phase: panel.phase,
  round: panel.round,
  protocol: panel.protocol,
  protocolHash: panel.protocolHash,
  rubricVersion: panel.rubricVersion,
  secret: panel.secret,
  version: panel.version,
  stateVersion: panel.stateVersion,
};

export type NewPanel = Pick<
  PanelRow,
  "panelId" | "title" | "question" | "synthetic" | "protocol" | "protocolHash" | "secret"
> & { readonly scale: ScaleRange };

export async function insertPanel(db: Db, { scale, ...row }: NewPanel): Promise<void> {
  await db.insert(panel).values({ ...row, ...scaleColumns(scale) });
}

export async function findPanel(db: Db, panelId: string): Promise<PanelRow | null> {
  const [row] = await db.run<PanelRow>`
    select panel_id as "panelId", title, question, synthetic, phase, round, protocol, protocol_hash as "protocolHash",
      rubric_version as "rubricVersion", secret, version, state_version as "stateVersion"
    from panel where panel_id = ${panelId}`;
  return row ?? null;
}

/** The panel's row, held against every other act on the panel until this transaction ends. */
export async function lockPanel(db: Db, panelId: string): Promise<PanelRow | null> {
  // Two statements sent together: what is read is newer than the lock.
  const [, row] = await Promise.all([
    db.run`select from panel where panel_id = ${panelId} for update`,
    findPanel(db, panelId),
  ]);
  return row;
}

export async function updateSetUp(
  db: Db,
  panelId: string,
  set: { title: string; question: string; protocol: Protocol; protocolHash: string; scale: ScaleRange },
): Promise<void> {
  const { scale, ...row } = set;
  await db
    .update(panel)
    .set({ ...row, ...scaleColumns(scale) })
    .where(eq(panel.panelId, panelId));
}

/** Moves the panel; its version rises in the same statement, and the state is marked as changed by it. */
export async function movePanel(db: Db, panelId: string, to: { phase: Phase; round: number | null }): Promise<void> {
  await db.update(panel).set({ phase: to.phase, round: to.round }).where(eq(panel.panelId, panelId));
}

/** Raises the version by the number of acts all members may know of; answers the new one. */
export async function raiseVersion(
  db: Db,
  panelId: string,
  options: { by: number; changesState: boolean },
): Promise<number> {
  const [row] = await db.run<{ version: number }>`
    update panel set version = version + ${options.by}::bigint,
      state_version = case when ${options.changesState}::boolean then version + ${options.by}::bigint else state_version end
    where panel_id = ${panelId} returning version`;
  return row?.version ?? 0;
}

/**
 * After a restore versions must be higher than any that an open page has seen, and whatever it was looking at has changed.
 */
export async function raiseAllVersions(db: Db, by: number): Promise<void> {
  await db.run`update panel set version = version + ${by}::bigint, state_version = version + ${by}::bigint`;
}

/** The panels a person belongs to, by title. */
export async function listPanelsOf(
  db: Db,
  userId: string,
): Promise<(PanelRow & { memberId: string; role: typeof member.$inferSelect.role; scores: boolean })[]> {
  return db
    .select({ ...columns, memberId: member.memberId, role: member.role, scores: member.scores })
    .from(member)
    .innerJoin(panel, eq(panel.panelId, member.panelId))
    .where(and(eq(member.userId, userId), isNull(member.leftAt)))
    .orderBy(asc(panel.title), asc(panel.panelId));
}

/** Every panel of the installation, by its id. */
export async function listPanels(db: Db): Promise<Pick<PanelRow, "panelId" | "title">[]> {
  return db.select({ panelId: panel.panelId, title: panel.title }).from(panel).orderBy(asc(panel.panelId));
}

export async function listPanelIds(db: Db): Promise<string[]> {
  return (await listPanels(db)).map(({ panelId }) => panelId);
}

function scaleColumns(scale: ScaleRange) {
  return { scaleMin: scale.min, scaleMax: scale.max, scaleStep: scale.step };
}
