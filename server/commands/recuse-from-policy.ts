import { z } from "zod";
import { findPanel } from "#db/panels.ts";
import { readScope } from "#db/rounds.ts";
import { readSheet } from "#db/scores.ts";
import type { Member } from "#rubric/member.ts";
import { cellKey } from "#rubric/rubric.ts";
import { longText } from "#rubric/text.ts";
import type { Application } from "../application.ts";
import { parse } from "../parse.ts";
import { notFound } from "../refusal.ts";
import { recordScore } from "./record-score.ts";

const recusalInput = z.strictObject({
  policyId: z.string().max(40),
  reason: longText(1000).refine(
    (text) => text.trim() !== "",
    "Say why; facilitators read it, nobody does in an anonymous panel.",
  ),
});

/** Declares an own conflict of interest for a policy: each of its open cells becomes `recused`, as a draft. */
export async function recuseFromPolicy(
  app: Application,
  member: Member,
  input: { policyId: string; reason: string },
): Promise<{ cells: number }> {
  const { policyId, reason } = parse(recusalInput, input);
  const { pool } = app.database;
  const panel = await findPanel(pool, member.panelId);
  if (!panel || panel.round === null) throw notFound();
  const at = { panelId: member.panelId, round: panel.round };
  const cells = (await readScope(pool, at.panelId, at.round)).filter((cell) => cell.policyId === policyId);
  if (cells.length === 0) throw notFound();
  const versions = new Map(
    (await readSheet(pool, { ...at, memberId: member.memberId })).map((score) => [cellKey(score), score.version]),
  );
  for (const cell of cells) {
    const version = versions.get(cellKey(cell)) ?? 0;
    await recordScore({ ...app, once: null }, member, {
      ...cell,
      input: { nonScore: "recused", rationale: reason, version },
    });
  }
  return { cells: cells.length };
}
