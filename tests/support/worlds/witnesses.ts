import type { Application } from "#server/application.ts";
import { readBoard } from "#server/queries/read-board.ts";
import { readSheet } from "#server/queries/read-sheet.ts";
import { readBundle } from "#server/reports/read-bundle.ts";
import { authorsOf, type Plan } from "./plan.ts";
import type { Troupe } from "./troupe.ts";

/** Of whose answers it is, its author; and of all, as far as the protocol lets them, those who look at the board. */
export async function askWitnesses(
  app: Application,
  plan: Plan,
  { members }: Pick<Troupe, "members">,
): Promise<[who: string, told: string][]> {
  const told: [string, string][] = [];
  const author = (part: string) => plan.names[part] ?? part;
  for (const part of authorsOf(plan)) {
    const member = members.get(part);
    // By name: the same person may have another part in the other world.
    if (member && part !== plan.viewer)
      told.push([`${author(part)}'s own sheet`, JSON.stringify(await readSheet(app, member))]);
  }
  for (const part of ["chair", "r2", "r3"]) {
    const member = members.get(part);
    if (!member || part === plan.viewer) continue;
    const { cells } = { cells: [], ...(await readBoard(app, member)) };
    const { scores, histograms } = await readBundle(app, member);
    told.push([`board and bundle of ${part}`, JSON.stringify({ cells, scores, histograms })]);
  }
  return told;
}
