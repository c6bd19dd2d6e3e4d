import { findMembers, listMembers, type MemberRow } from "#db/members.ts";
import type { Bundle } from "#rubric/bundle.ts";
import { canonical } from "#rubric/canonical.ts";
import { checkpointsOf } from "#rubric/checkpoint.ts";
import { roles } from "#rubric/member.ts";
import type { Application } from "#server/application.ts";
import { readBundle } from "./read-bundle.ts";

/**
 * What keeps a stored panel from giving this very bundle again to the kind of member who took it: the first part that
 * differs; `null` where nothing does. Only the moment it is taken, the version of the method that computes from now on (each
 * snapshot names its own), and the order of people, which is the database's own, may be another.
 */
export async function differenceFromBundle(
  app: Pick<Application, "database" | "clock">,
  bundle: Bundle,
): Promise<string | null> {
  const wanted = partsOf(bundle);
  let nearest: string[] | null = null;
  for (const member of await oneOfEachKind(app, bundle.panel.panelId)) {
    const found = partsOf(await readBundle(app, member));
    const names = [...new Set([...wanted.keys(), ...found.keys()])];
    const different = names.filter((name) => wanted.get(name) !== found.get(name));
    if (different.length === 0) return null;
    if (nearest === null || different.length < nearest.length) nearest = different;
  }
  return nearest?.[0] ?? "members";
}

/** A bundle does not say who took it; a facilitator who does not score, a reviewer and an observer get different ones. */
async function oneOfEachKind(app: Pick<Application, "database">, panelId: string) {
  const present = (await listMembers(app.database.pool, panelId)).filter(({ hasLeft }) => !hasLeft);
  const kinds = roles.flatMap((role) => [true, false].map((scores) => present.find(isOfKind(role, scores))));
  const seats = kinds.flatMap((one) => (one ? [{ panelId, userId: one.userId }] : []));
  return (await findMembers(app.database.pool, seats)).flatMap((member) => member ?? []);
}

function isOfKind(role: MemberRow["role"], scores: boolean) {
  return (one: MemberRow) => one.role === role && one.scores === scores;
}

function partsOf(bundle: Bundle): Map<string, string> {
  const { exportedAt: _when, contentHash: _of, method: _by, members, roster, ...rest } = broughtForward(bundle);
  const people = {
    members: sorted(members),
    ...(roster ? { roster: { ...roster, entries: sorted(roster.entries) } } : {}),
  };
  return new Map(Object.entries({ ...rest, ...people }).map(([name, part]) => [name, canonical(part)]));
}

/** Files of earlier versions lack what the present ones tell of them: nothing, or what their chain tells as well. */
function broughtForward(bundle: Bundle): Bundle {
  const checkpoints = checkpointsOf(bundle.panel.panelId, bundle.audit);
  return { points: [], openings: [], cellKeys: [], checkpoints, ...bundle };
}

function sorted<Item extends { readonly memberId: string }>(items: readonly Item[]): Item[] {
  return [...items].sort((left, right) => (left.memberId < right.memberId ? -1 : 1));
}
