import type { Bundle } from "#rubric/bundle.ts";
import { bundleSchema } from "#rubric/bundle-schema.ts";
import { canonical } from "#rubric/canonical.ts";
import { receiptSchema } from "#rubric/receipt.ts";
import { hashOf } from "#server/hash.ts";
import { chainFault, checkpointsFault, hashesFault, setUpFault } from "./verify-audit.ts";
import { type Check, check, firstOf, unless } from "./verify-check.ts";
import { revealChecks } from "./verify-commitments.ts";
import { membersFault, progressFault, readingFault, timesFault } from "./verify-course.ts";
import { type Held, heldChecks } from "./verify-held.ts";
import { linesOf } from "./verify-lines.ts";
import { pointsFault } from "./verify-points.ts";
import { findBatch } from "./verify-receipt.ts";
import { roundChecks } from "./verify-round.ts";

/** Whether a value claims to be a bundle at all; anything else is bad input and not a bundle that was changed. */
export function isBundle(value: unknown): boolean {
  return typeof value === "object" && value !== null && "format" in value && value.format === "concord-bundle/1";
}

/**
 * Recomputes everything in a bundle from the bundle alone: its hashes, its audit chain, and every figure of its closed
 * rounds from their inputs and, where the file carries them, from the answers. The checks come in the order in which they
 * lean on each other, so the first that differs names the trouble. Last come a checkpoint and a receipt that somebody held.
 */
export function verifyBundle(value: unknown, held: Held = {}): Check[] {
  const parsed = bundleSchema.safeParse(value);
  const [issue] = parsed.error?.issues ?? [];
  if (!parsed.success) return [check("format", `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`)];
  const bundle = parsed.data;
  const { contentHash, ...content } = bundle;
  const lines = linesOf(bundle.audit);
  return [
    check("format", unless(canonical(bundle) === canonical(value), "it is not written the way Concord writes it")),
    check(
      "content hash",
      unless(hashOf(content) === contentHash, "something in the file was changed after it was exported"),
    ),
    ...bundle.rubrics.map(rubricCheck),
    check(
      "protocol hash",
      unless(hashOf(bundle.protocol) === bundle.protocolHash, "the protocol is not the one that was frozen"),
    ),
    check("audit chain", chainFault(bundle.audit)),
    check("checkpoints", checkpointsFault(bundle, lines)),
    check("rounds", roundsFault(bundle)),
    check("swing points", pointsFault(bundle, lines)),
    ...bundle.snapshots.flatMap((snapshot) => roundChecks(bundle, snapshot)),
    check("audit lines", firstOf([() => setUpFault(bundle, lines), () => hashesFault(bundle, lines)])),
    check("members", membersFault(bundle, lines)),
    check("times", timesFault(bundle, lines)),
    check("progress", progressFault(bundle, lines)),
    check("reference reading", readingFault(bundle, lines)),
    ...revealChecks(bundle, lines),
    ...heldChecks(bundle, lines, held),
  ];
}

/** The newest head of a bundle's audit chain, for comparison with one that was kept elsewhere. */
export function chainHead(value: unknown): string | null {
  return bundleSchema.safeParse(value).data?.audit.batches.at(-1)?.head ?? null;
}

/** Where a bundle's chain holds a receipt's commitments; `null` while it does not. */
export function receiptPlace(value: unknown, held: unknown): ReturnType<typeof findBatch> {
  const bundle = bundleSchema.safeParse(value).data;
  const receipt = receiptSchema.safeParse(held).data;
  return bundle && receipt ? findBatch(bundle, receipt) : null;
}

function rubricCheck({ version, rubric, policies, rubricHash }: Bundle["rubrics"][number]): Check {
  return check(
    `rubric version ${version}`,
    unless(hashOf({ rubric, policies }) === rubricHash, "its text is not the one that was frozen"),
  );
}

/** Rounds count up from 1 and only the newest is open; every closed one has its one snapshot, and no other has any. */
function roundsFault(bundle: Bundle): string | null {
  const { panel, rounds, snapshots, cellKeys = [] } = bundle;
  const isCounted = rounds.length === (panel.round ?? 0) && rounds.every(({ round }, index) => round === index + 1);
  if (!isCounted) return "they do not count up to the panel's";
  const isKnown = snapshots.every(({ round }) => rounds.some((one) => one.round === round));
  if (!isKnown) return "a snapshot belongs to no round";
  const isRevealed = cellKeys.every(({ round }) =>
    rounds.some((one) => one.round === round && one.revealedAt !== null),
  );
  if (!isRevealed) return "a key opens a cell of a round that was not revealed";
  return firstOf(rounds.map((round) => () => roundFault(bundle, round)));
}

function roundFault({ panel, rubrics, snapshots }: Bundle, { round, ...at }: Bundle["rounds"][number]): string | null {
  const phase = round === panel.round ? panel.phase : "closed";
  const isClosed = phase === "closed";
  const made = snapshots.filter((snapshot) => snapshot.round === round).length;
  return firstOf([
    () =>
      unless((at.revealedAt === null) === (phase === "scoring"), `round ${round} was not revealed when the panel says`),
    () => unless((at.closedAt === null) === !isClosed, `round ${round} was not closed when the panel says`),
    () =>
      unless(
        rubrics.some(({ version }) => version === at.rubricVersion),
        `round ${round} has no rubric`,
      ),
    () => unless(made === Number(isClosed), `round ${round} has not the one snapshot of a closed round`),
    () => unless(at.scope.length > 0, `round ${round} has no cells`),
  ]);
}
