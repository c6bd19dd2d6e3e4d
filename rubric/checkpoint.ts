import type { AuditView } from "./views.ts";

/** A head of a panel's audit chain as people keep it: whoever holds one can tell whether anything before it changed. */
export interface Checkpoint {
  readonly panelId: string;
  /** The number of the last line under the head. */
  readonly seq: number;
  /** Lower-case hex. */
  readonly head: string;
}

/** `concord/<panel>`, the number and the head in base64, each on a line of its own. */
export function checkpointText({ panelId, seq, head }: Checkpoint): string {
  return `concord/${panelId}\n${seq}\n${base64Of(head)}\n`;
}

const checkpointForm = /^concord\/([0-9a-f-]{36})\n([1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)$/;

/** A checkpoint as it was written down; `null` if the text is none. White space around its lines says nothing. */
export function readCheckpoint(text: string): Checkpoint | null {
  const lines = text.trim().split(/\s+/);
  const [, panelId, seq, head] = checkpointForm.exec(lines.join("\n")) ?? [];
  if (panelId === undefined || seq === undefined || head === undefined) return null;
  const checkpoint = { panelId, seq: Number(seq), head: hexOf(head) };
  // Two spellings of the same bytes would be two checkpoints.
  return base64Of(checkpoint.head) === head ? checkpoint : null;
}

/** The acts after which a checkpoint is shown to everyone. */
export const moves = ["round-opened", "round-revealed", "round-closed"] as const;

/** A checkpoint as every member sees it. */
export interface CheckpointView {
  /** The phase move under it; `null` for the newest head of all. */
  readonly act: (typeof moves)[number] | null;
  readonly round: number | null;
  /** The time of its last line. */
  readonly at: string;
  readonly text: string;
}

/** The checkpoint of each phase move, and the newest one, in the order of the chain. */
export function checkpointsOf(panelId: string, { entries, batches }: AuditView): CheckpointView[] {
  return batches.flatMap(({ batch, head }, index) => {
    const lines = entries.filter((entry) => entry.batch === batch);
    const last = lines.at(-1);
    if (!last) return [];
    const move = lines.map(({ line }) => moveIn(line)).findLast((found) => found !== null);
    if (!move && index < batches.length - 1) return [];
    const { act, round } = move ?? { act: null, round: null };
    return [{ act, round, at: timeOf(last.line), text: checkpointText({ panelId, seq: last.seq, head }) }];
  });
}

function moveIn(line: string): Pick<CheckpointView, "act" | "round"> | null {
  const { act: name, round } = factsIn(line);
  const act = moves.find((one) => one === name);
  return act && typeof round === "number" ? { act, round } : null;
}

function timeOf(line: string): string {
  const { at } = factsIn(line);
  return typeof at === "string" ? at : "";
}

/** A line of a file that was tampered with may hold anything. */
function factsIn(line: string): { act?: unknown; round?: unknown; at?: unknown } {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 of whole bytes given in hex; three hex digits make two signs. */
function base64Of(hex: string): string {
  const padded = hex.padEnd(Math.ceil(hex.length / 6) * 6, "0");
  const signs = [...padded.matchAll(/.{3}/g)].map(([three]) => {
    const bits = Number.parseInt(three, 16);
    return `${digits[bits >> 6]}${digits[bits & 63]}`;
  });
  const filling = (padded.length - hex.length) / 2;
  return signs.join("").slice(0, Math.ceil((hex.length * 4) / 6)) + "=".repeat(filling);
}

function hexOf(base64: string): string {
  const bits = [...base64.replaceAll("=", "")]
    .map((sign) => digits.indexOf(sign).toString(2).padStart(6, "0"))
    .join("");
  const bytes = [...bits.matchAll(/.{8}/g)].map(([byte]) => Number.parseInt(byte, 2).toString(16).padStart(2, "0"));
  return bytes.join("");
}
