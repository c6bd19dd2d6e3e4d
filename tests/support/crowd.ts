import { insertMember } from "#db/members.ts";
import type { CellId } from "#rubric/rubric.ts";
import { draftPanel, move, type PanelPerson, type TestPanel, twoCells } from "./panels.ts";
import { type Person, person } from "./people.ts";
import type { TestServer } from "./server.ts";

/** A panel with many reviewers, who are put in their places without being invited one by one; round 1 is open. */
export async function aCrowd(
  server: TestServer,
  wish: { reviewers: number; protocol?: unknown; cells?: readonly CellId[] },
): Promise<TestPanel> {
  const { panelId, facilitator } = await draftPanel(server, wish);
  const reviewers: PanelPerson[] = [];
  for (let number = 1; number <= wish.reviewers; number += 1) {
    reviewers.push(await placed(server, panelId, await person(server, `Reviewer ${number}`)));
  }
  const panel = { panelId, facilitator, reviewers, observers: [] };
  await move(panel, "scoring", { cells: wish.cells ?? twoCells });
  return panel;
}

async function placed(server: TestServer, panelId: string, who: Person): Promise<PanelPerson> {
  const { newId, database } = server.app;
  const memberId = newId();
  const row = { panelId, memberId, userId: who.userId, groupLabel: null, code: null };
  await insertMember(database.pool, { ...row, role: "reviewer", scores: true });
  return { ...who, memberId };
}
