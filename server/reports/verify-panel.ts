import { readChain } from "#db/audit.ts";
import type { Application } from "#server/application.ts";
import { findFacilitator } from "#server/membership.ts";
import { readBundle } from "./read-bundle.ts";
import { chainFault } from "./verify-audit.ts";
import { verifyBundle } from "./verify-bundle.ts";

/** What of a panel's record does not hold, in the words of `verify`; nothing, where everything does. */
export async function verifyPanel(app: Pick<Application, "database" | "clock">, panelId: string): Promise<string[]> {
  const facilitator = await findFacilitator(app, panelId);
  if (!facilitator) {
    const fault = chainFault(await readChain(app.database.pool, panelId));
    return fault === null ? [] : [`audit chain: ${fault}`];
  }
  const checks = verifyBundle(await readBundle(app, facilitator));
  return checks.filter(({ outcome }) => outcome === "differs").map(({ name, detail }) => `${name}: ${detail ?? ""}`);
}
