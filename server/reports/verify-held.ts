import type { Bundle } from "#rubric/bundle.ts";
import { readCheckpoint } from "#rubric/checkpoint.ts";
import { type Receipt, receiptSchema } from "#rubric/receipt.ts";
import { cellKey } from "#rubric/rubric.ts";
import { commitmentOf } from "#server/commitments.ts";
import { type Check, check, firstOf, unless } from "./verify-check.ts";
import type { Line } from "./verify-lines.ts";
import { revealedReceiptChecks } from "./verify-receipt.ts";

/** What somebody has kept outside the server, and holds a file against. */
export interface Held {
  readonly checkpoint?: string | undefined;
  readonly receipt?: unknown;
}

/** Whether a text claims to be a checkpoint at all. */
export function isCheckpoint(text: string): boolean {
  return text.trimStart().startsWith("concord/");
}

/** Whether a value claims to be a receipt at all. */
export function isReceipt(value: unknown): boolean {
  return typeof value === "object" && value !== null && "format" in value && value.format === "concord-receipt/1";
}

export function heldChecks(bundle: Bundle, lines: readonly Line[], held: Held): Check[] {
  return [
    ...(held.checkpoint === undefined ? [] : [check("held checkpoint", checkpointFault(bundle, held.checkpoint))]),
    ...(held.receipt === undefined ? [] : receiptChecks(bundle, lines, held.receipt)),
  ];
}

/** Whether the file's chain still has this head after this line. */
function checkpointFault({ panel, audit }: Bundle, text: string): string | null {
  const held = readCheckpoint(text);
  if (!held) return "it is not written the way Concord writes it";
  if (held.panelId !== panel.panelId) return "it is of another panel";
  const lines = audit.entries.length;
  if (lines < held.seq) return `the file's chain ends at line ${lines}, and the checkpoint covers line ${held.seq}`;
  const entry = audit.entries[held.seq - 1];
  const isLast = entry !== undefined && audit.entries[held.seq]?.batch !== entry.batch;
  const head = isLast ? audit.batches.find(({ batch }) => batch === entry.batch)?.head : undefined;
  return unless(head === held.head, `the chain up to line ${held.seq} is not the one that the checkpoint was taken of`);
}

function receiptChecks(bundle: Bundle, lines: readonly Line[], value: unknown): Check[] {
  const parsed = receiptSchema.safeParse(value);
  const [issue] = parsed.error?.issues ?? [];
  if (!parsed.success) return [check("receipt", `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`)];
  const receipt = parsed.data;
  const fault = firstOf([
    () => unless(receipt.panelId === bundle.panel.panelId, "it is of another panel"),
    () => secretFault(receipt),
    () => scopeFault(bundle, receipt),
  ]);
  if (fault !== null) return [check("receipt", fault)];
  return [
    check("receipt", null),
    check("receipt, checkpoint", checkpointFault(bundle, receipt.checkpoint)),
    ...revealedReceiptChecks(bundle, lines, receipt),
  ];
}

/** Whatever a receipt says went into its commitments: none of it can be changed without the others. */
function secretFault(receipt: Receipt): string | null {
  const wrong = receipt.commitments.find((answer) => commitmentOf(receipt, answer) !== answer.commitment);
  return wrong ? `its commitment to ${cellKey(wrong)} does not follow from the rest of it` : null;
}

function scopeFault({ rounds }: Bundle, { round, commitments }: Receipt): string | null {
  const scope = rounds.find((one) => one.round === round)?.scope;
  return firstOf([
    () => unless(scope !== undefined, "it is of a round that the file does not know"),
    () =>
      unless(
        scope?.map(cellKey).join() === commitments.map(cellKey).join(),
        "it has not one commitment for each cell of the round",
      ),
  ]);
}
