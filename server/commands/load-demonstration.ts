import type { Member } from "#rubric/member.ts";
import type { Step } from "#rubric/round.ts";
import { type DemoPanel, demoPanel } from "#rubric/templates/demo-panel.ts";
import type { Application } from "#server/application.ts";
import { demonstrationUser, joinDemonstration } from "#server/demonstration/demonstration-people.ts";
import { type RoundScript, scoreRound } from "#server/demonstration/demonstration-round.ts";
import { requireMember } from "#server/membership.ts";
import { readVersion } from "#server/queries/read-version.ts";
import { createPanel } from "./create-panel.ts";
import { moveRound } from "./move-round.ts";

export const demonstrationStops = ["scoring", "discussion", "closed"] as const;
/** Round 1 under way; round 1 revealed; or two rounds held and closed. */
export type DemonstrationStop = (typeof demonstrationStops)[number];

/**
 * Makes the panel of invented data that shows the product, by the same commands that people use. Its people are accounts
 * without a password; a second demonstration panel has the same people.
 */
export async function loadDemonstration(
  app: Application,
  { stop }: { stop: DemonstrationStop },
): Promise<{ panelId: string }> {
  // Nobody reads mail at these addresses.
  const quiet: Application = {
    ...app,
    once: null,
    mail: { send: async () => {}, later: () => {}, settle: async () => {} },
  };
  const demo = demoPanel();
  const facilitator = await createDemonstration(quiet, demo);
  const members = await joinDemonstration(quiet, facilitator, demo);
  for (const act of actsUntil(stop, demo)) {
    if ("to" in act) await move(quiet, facilitator, act);
    else await scoreRound(quiet, members, { demo, script: act });
  }
  await app.aggregation.drain();
  return { panelId: facilitator.panelId };
}

async function createDemonstration(app: Application, demo: DemoPanel): Promise<Member> {
  const person = demo.members.find(({ role }) => role === "facilitator");
  if (!person) throw new Error("the demonstration has no facilitator");
  const user = await demonstrationUser(app, person);
  const { title, question, protocol } = demo.panel;
  const { panelId } = await createPanel(app, user, {
    input: { title, question, template: demo.template, protocol },
    synthetic: true,
  });
  return requireMember(app, user, panelId);
}

type Act = RoundScript | { readonly to: Step; readonly cells?: Exclude<DemoPanel["rounds"][number]["scope"], string> };

/** The story as a list of acts: rounds are scored in full but the last, which stops where the file says. */
function actsUntil(stop: DemonstrationStop, demo: DemoPanel): Act[] {
  const first: Act = { to: "scoring" };
  if (stop === "scoring") return [first, scriptOf(demo, "scoring")];
  const revealed: Act[] = [first, scriptOf(demo, "discussion"), { to: "discussion" }];
  if (stop === "discussion") return revealed;
  const scope = demo.rounds.find(({ round }) => round === 2)?.scope;
  const again: Act = { to: "next-round", ...(Array.isArray(scope) ? { cells: scope } : {}) };
  return [...revealed, { to: "closed" }, again, scriptOf(demo, "ratifying"), { to: "discussion" }, { to: "closed" }];
}

function scriptOf(demo: DemoPanel, id: string): RoundScript {
  const stop = demo.stops.find((one) => one.id === id);
  if (!stop) throw new Error(`the demonstration has no stop ${id}`);
  return stop;
}

async function move(app: Application, facilitator: Member, step: Exclude<Act, RoundScript>): Promise<void> {
  const { version } = await readVersion(app, facilitator);
  await moveRound(app, facilitator, {
    to: step.to,
    expectedVersion: version,
    ...(step.cells ? { cells: step.cells } : {}),
  });
}
