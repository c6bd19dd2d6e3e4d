import { hasUnsealed, readChain } from "#db/audit.ts";
import { listMembers, type MemberRow } from "#db/members.ts";
import type { Db } from "#db/open.ts";
import { listOpenings } from "#db/openings.ts";
import { findPoints } from "#db/points.ts";
import { listRoster } from "#db/reviews.ts";
import { listRounds, readScope } from "#db/rounds.ts";
import { listRubrics } from "#db/rubrics.ts";
import { readSheet } from "#db/scores.ts";
import { listSnapshots } from "#db/snapshots.ts";
import type { Bundle, BundlePoints } from "#rubric/bundle.ts";
import type { Member } from "#rubric/member.ts";
import {
  type BundleFacts,
  type BundleStand,
  type RoundAnswers,
  showBundle,
  sightOfRound,
} from "#rubric/view-bundle.ts";
import type { RosterView, RoundView, Shown } from "#rubric/views.ts";
import { planFor } from "#rubric/visibility.ts";
import type { Application } from "#server/application.ts";
import { sealWaiting } from "#server/audit.ts";
import { hashOf } from "#server/hash.ts";
import { type Place, readPlace } from "#server/queries/place.ts";
import { readRecusedCells } from "#server/queries/read-board.ts";
import { snapshotOf } from "#server/queries/read-snapshots.ts";
import { openingsOf } from "./openings.ts";
import { revealedAnswers } from "./revealed-answers.ts";
import { revealedPoints } from "./revealed-points.ts";

const mostAttempts = 10;

/** What a bundle is read with: the application, or a database of one transaction. */
type Reading = Pick<Application, "database" | "clock">;

/**
 * All of a panel as this member may take it home; every export is made from it. What its audit chain does not cover yet is
 * sealed first, so that the chain vouches for everything else in the file.
 */
export async function readBundle(app: Reading, member: Member): Promise<Shown<Bundle>> {
  for (let attempt = 1; attempt < mostAttempts; attempt += 1) {
    const bundle = await readOnce(app, member, { mustBeSealed: true });
    if (bundle) return bundle;
    await sealWaiting(app.database, member.panelId);
  }
  const bundle = await readOnce(app, member, { mustBeSealed: false });
  if (!bundle) throw new Error(`panel ${member.panelId} could not be read`);
  return bundle;
}

async function readOnce(
  app: Reading,
  member: Member,
  { mustBeSealed }: { mustBeSealed: boolean },
): Promise<Shown<Bundle> | null> {
  const exportedAt = app.clock().toISOString();
  return app.database.read(async (db) => {
    if (mustBeSealed && (await hasUnsealed(db, member.panelId))) return null;
    const place = await readPlace(db, member);
    const facts = await readFacts(db, member, place);
    return showBundle(member, { ...facts, exportedAt, review: place.review?.state ?? null }, hashOf);
  });
}

async function readFacts(db: Db, member: Member, place: Place): Promise<Omit<BundleFacts, "exportedAt">> {
  const { panel } = place;
  const { panelId } = member;
  const rubrics = await listRubrics(db, panelId);
  const rubricVersion = rubrics.find(({ version }) => version === panel.rubricVersion);
  if (!rubricVersion) throw new Error(`panel ${panelId} has no rubric version ${panel.rubricVersion}`);
  const rounds = await readRounds(db, panelId);
  const answers = await readAnswers(db, member, { place, rounds });
  const members = whoIsNamed(await listMembers(db, panelId), answers);
  return {
    panel: { ...panel, rounds, scope: [], progress: place.progress, rubricVersion, members },
    protocolHash: panel.protocolHash,
    rubrics,
    rounds,
    answers,
    points: await readPointsFor(db, member, { place, rounds }),
    snapshots: (await listSnapshots(db, panelId)).map(snapshotOf),
    audit: await readChain(db, panelId),
    roster: await readRosterFor(db, member, place),
    ownSheet: await readOwnSheet(db, member, place),
    recused: await readRecusedCells(db, member, place),
  };
}

async function readRounds(db: Db, panelId: string): Promise<BundleFacts["rounds"]> {
  const rounds: RoundView[] = await listRounds(db, panelId);
  return Promise.all(rounds.map(async (round) => ({ ...round, scope: await readScope(db, panelId, round.round) })));
}

/** Only of rounds that are revealed to this member: what was not loaded cannot leak. */
async function readAnswers(
  db: Db,
  member: Member,
  at: { place: Place; rounds: BundleFacts["rounds"] },
): Promise<BundleFacts["answers"]> {
  const { panel } = at.place;
  const stand = standOf(at.place);
  const answers: RoundAnswers[] = [];
  for (const { round } of at.rounds) {
    const sight = sightOfRound(member, round, { ...stand, protocol: panel.protocol });
    if (sight === null || !planFor(sight).has("figures")) continue;
    const { identity, minScores } = panel.protocol;
    const revealed = await revealedAnswers(db, { panelId: panel.panelId, round, identity, minScores });
    answers.push({
      round,
      ...revealed,
      ...openingsOf(await listOpenings(db, { panelId: panel.panelId, round }), revealed),
    });
  }
  return answers;
}

async function readPointsFor(
  db: Db,
  member: Member,
  at: { place: Place; rounds: BundleFacts["rounds"] },
): Promise<BundlePoints[]> {
  const { panelId, protocol } = at.place.panel;
  const stand = { ...standOf(at.place), protocol };
  const points: BundlePoints[] = [];
  for (const { round } of at.rounds) {
    const sight = sightOfRound(member, round, stand);
    if (sight === null || !planFor(sight).has("scores")) continue;
    const { identity, minScores } = protocol;
    points.push(...(await revealedPoints(db, { panelId, round, identity, minScores })));
  }
  return points;
}

function standOf({ panel, review }: Place): BundleStand {
  return { phase: panel.phase, round: panel.round, review: review?.state ?? null };
}

/** Whoever left is still named where answers stand under that name. */
function whoIsNamed(members: readonly MemberRow[], answers: BundleFacts["answers"]): MemberRow[] {
  const authors = new Set(answers.flatMap(({ scores }) => scores.map(({ memberId }) => memberId)));
  return members.filter((one) => !one.hasLeft || authors.has(one.memberId));
}

async function readRosterFor(db: Db, member: Member, { panel, sight }: Place): Promise<RosterView | null> {
  const { panelId, round } = panel;
  if (member.role !== "facilitator" || round === null || !planFor(sight).has("roster")) return null;
  const cells = (await readScope(db, panelId, round)).length;
  const entries = (await listRoster(db, { panelId, round })).map(({ memberId, name, state, submittedAt, complete }) => {
    const hasBegun = complete > 0 || state !== "drafting";
    return { memberId, name, state: hasBegun ? state : ("not-started" as const), submittedAt, complete, cells };
  });
  return { round, entries };
}

async function readOwnSheet(db: Db, member: Member, { panel, review }: Place): Promise<BundleFacts["ownSheet"]> {
  const { panelId, memberId } = member;
  if (panel.phase !== "scoring" || panel.round === null || review === null) return null;
  const sheet = { panelId, round: panel.round, memberId };
  const [scores, own] = await Promise.all([readSheet(db, sheet), findPoints(db, sheet)]);
  return { round: panel.round, memberId, state: review.state, scores, ...(own ? { points: own.points } : {}) };
}
