import { hasOwnUsers, readDemonstrationPanels, storeDemonstrationPanels } from "#db/users.ts";
import type { Application } from "../application.ts";
import { type DemonstrationStop, loadDemonstration } from "./load-demonstration.ts";

/** What an empty installation shows: a panel that has come to its end, and one under way. */
const stops: readonly DemonstrationStop[] = ["closed", "scoring"];

/**
 * Loads the demonstration into an installation that nobody uses yet. A start that was killed meanwhile leaves a part of a
 * panel behind; the next one loads that panel again.
 */
export async function completeDemonstration(app: Application): Promise<void> {
  const { pool } = app.database;
  if (await hasOwnUsers(pool)) return;
  for (const [index, stop] of stops.entries()) {
    if ((await readDemonstrationPanels(pool)) > index) continue;
    await loadDemonstration(app, { stop });
    await storeDemonstrationPanels(pool, index + 1);
  }
}
