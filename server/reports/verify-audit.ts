import type { Bundle } from "#rubric/bundle.ts";
import { canonical } from "#rubric/canonical.ts";
import { checkpointsOf } from "#rubric/checkpoint.ts";
import type { AuditView } from "#rubric/views.ts";
import { headOf, leafOf } from "#server/audit.ts";
import { hashOf } from "#server/hash.ts";
import { firstOf, unless } from "./verify-check.ts";
import { type Line, linesAbout } from "./verify-lines.ts";

/** Recomputes every leaf and every head; answers the first that differs. */
export function chainFault({ entries, batches }: AuditView): string | null {
  let head = "";
  let sealed = 0;
  for (const [index, batch] of batches.entries()) {
    const own = entries.slice(sealed, sealed + batch.count);
    const name = `batch ${index + 1}`;
    if (batch.batch !== index + 1 || batch.count < 1 || own.length !== batch.count) return `${name} is not whole`;
    const fault = linesFault(own, { batch: batch.batch, sealed });
    if (fault !== null) return fault;
    head = headOf(
      head,
      own.map(({ leaf }) => leaf),
    );
    if (head !== batch.head) return `the head of ${name} does not follow from its lines and the head before`;
    sealed += batch.count;
  }
  return unless(sealed === entries.length, "there are lines behind the last head");
}

function linesFault(lines: AuditView["entries"], at: { batch: number; sealed: number }): string | null {
  for (const [index, { seq, line, leaf, batch }] of lines.entries()) {
    if (seq !== at.sealed + index + 1 || batch !== at.batch) return `line ${seq} is out of place`;
    if (leafOf(line) !== leaf) return `line ${seq} is not the text that was sealed`;
  }
  return null;
}

/** Every checkpoint in the file is a head of the chain beside it. Files from before there were any have none. */
export function checkpointsFault({ panel, audit, checkpoints }: Bundle, lines: readonly Line[]): string | null {
  if (checkpoints === undefined) return unless(createdBy(lines)?.panelId === undefined, "they were left out");
  const found = checkpointsOf(panel.panelId, audit);
  return unless(canonical(checkpoints) === canonical(found), "they are not the heads of the audit chain");
}

/** Title and question are the ones last set, and a demonstration was one from the start. */
export function setUpFault(bundle: Bundle, lines: readonly Line[]): string | null {
  const { panel, synthetic, rounds, rubrics, protocolHash } = bundle;
  const created = createdBy(lines);
  const last = lines.findLast((line) => line.act === "panel-created" || line.act === "set-up-changed");
  if (!created || !last) return "no line tells how the panel was created";
  const { panelId = panel.panelId, rubricHash, protocolHash: protocolThen = protocolHash } = { ...created, ...last };
  const isRubric = rubricHash === undefined || rubrics.at(-1)?.rubricHash === rubricHash;
  return firstOf([
    () => unless(panelId === panel.panelId, "the panel is not the one in the audit lines"),
    () => unless(created.synthetic === synthetic, "the mark of invented data is not the one in the audit lines"),
    () =>
      unless(
        last.title === panel.title && last.question === panel.question,
        "title or question are not the ones in the audit lines",
      ),
    () =>
      unless(
        rounds.length > 0 || (isRubric && protocolThen === protocolHash),
        "rubric or protocol are not the ones in the audit lines",
      ),
  ]);
}

/** Every round was opened under these hashes, and every snapshot was made with those. */
export function hashesFault(bundle: Bundle, lines: readonly Line[]): string | null {
  const { rounds, rubrics, snapshots, protocolHash } = bundle;
  for (const { round, rubricVersion, scope } of rounds) {
    const [line] = linesAbout(lines, "round-opened", round);
    const rubricHash = rubrics.find(({ version }) => version === rubricVersion)?.rubricHash;
    const scopeHash = line?.scopeHash === undefined ? undefined : hashOf(scope);
    const found = { cells: scope.length, rubricVersion, rubricHash, protocolHash, scopeHash };
    if (!isSaid(found, line)) return `round ${round} was opened under another rubric, protocol or scope`;
  }
  for (const { round, version, inputHash, outputHash } of snapshots) {
    const [line] = linesAbout(lines, "round-closed", round);
    if (!isSaid({ snapshot: version, inputHash, outputHash }, line))
      return `round ${round} was closed with another snapshot`;
  }
  return null;
}

export function createdBy(lines: readonly Line[]) {
  return lines.find((line) => line.act === "panel-created");
}

function isSaid(found: Readonly<Record<string, unknown>>, line: object | undefined): boolean {
  if (line === undefined) return false;
  const said = new Map(Object.entries(line));
  return Object.entries(found).every(([key, value]) => said.get(key) === value);
}
