import { z } from "zod";
import type { Bundle } from "#rubric/bundle.ts";
import type { AuditView } from "#rubric/views.ts";
import { headOf, leafOf } from "#server/audit.ts";
import { hashOf } from "#server/hash.ts";
import { unless } from "./verify-check.ts";
import { pointsOfRound } from "./verify-points.ts";

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

const lineSchema = z.discriminatedUnion("act", [
  z.object({ act: z.literal("panel-created"), title: z.string(), question: z.string(), synthetic: z.boolean() }),
  z.object({ act: z.literal("set-up-changed"), title: z.string(), question: z.string() }),
  z.object({
    act: z.literal("round-opened"),
    round: z.int(),
    cells: z.int(),
    rubricVersion: z.int(),
    rubricHash: z.string(),
    protocolHash: z.string(),
  }),
  z.object({
    act: z.literal("round-closed"),
    round: z.int(),
    snapshot: z.int(),
    inputHash: z.string(),
    outputHash: z.string(),
    pointsHash: z.string().optional(),
  }),
]);

type Line = z.infer<typeof lineSchema>;

/** The lines that say something about the rest of the bundle. */
export function linesOf({ entries }: AuditView): Line[] {
  return entries.flatMap(({ line }) => {
    const parsed = lineSchema.safeParse(readJson(line));
    return parsed.success ? [parsed.data] : [];
  });
}

/** Title and question are the ones last set, and a demonstration was one from the start. */
export function setUpFault({ panel, synthetic }: Bundle, lines: readonly Line[]): string | null {
  const created = lines.find((line) => line.act === "panel-created");
  const last = lines.findLast((line) => line.act === "panel-created" || line.act === "set-up-changed");
  if (!created || !last) return "no line tells how the panel was created";
  if (created.synthetic !== synthetic) return "the mark of invented data is not the one in the audit lines";
  return unless(
    last.title === panel.title && last.question === panel.question,
    "title or question are not the ones in the audit lines",
  );
}

/** Every round was opened under these hashes, and every snapshot was made with those. */
export function hashesFault(bundle: Bundle, lines: readonly Line[]): string | null {
  const { rounds, rubrics, snapshots, protocolHash } = bundle;
  for (const { round, rubricVersion, scope } of rounds) {
    const line = lines.find((one) => one.act === "round-opened" && one.round === round);
    const rubricHash = rubrics.find(({ version }) => version === rubricVersion)?.rubricHash;
    const found = { act: "round-opened", round, cells: scope.length, rubricVersion, rubricHash, protocolHash };
    if (!isSameLine(line, found)) return `round ${round} was opened under another rubric, protocol or scope`;
  }
  for (const { round, version, inputHash, outputHash } of snapshots) {
    const line = lines.find((one) => one.act === "round-closed" && one.round === round);
    const pointsHash = hashOf(pointsOfRound(bundle, round));
    if (!isSameLine(line, { act: "round-closed", round, snapshot: version, inputHash, outputHash, pointsHash }))
      return `round ${round} was closed with another snapshot, or with other swing points`;
  }
  return null;
}

function isSameLine(line: Line | undefined, found: Readonly<Record<string, unknown>>): boolean {
  return line !== undefined && Object.entries(line).every(([key, value]) => found[key] === value);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
