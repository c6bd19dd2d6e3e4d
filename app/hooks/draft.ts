import type { ChangeReason, NonScore } from "#rubric/score.ts";

/** What a reviewer has typed and chosen for one cell. */
export interface Draft {
  readonly value: number | null;
  readonly nonScore: NonScore | null;
  readonly rationale: string;
  readonly changeReason: ChangeReason | null;
}

export const emptyDraft: Draft = { value: null, nonScore: null, rationale: "", changeReason: null };

/** The author's own newer text, met when two windows wrote the same cell. */
export interface NewerDraft extends Draft {
  readonly version: number;
}

export function isSameDraft(left: Draft, right: Draft): boolean {
  return (
    left.value === right.value &&
    left.nonScore === right.nonScore &&
    left.rationale === right.rationale &&
    left.changeReason?.code === right.changeReason?.code &&
    (left.changeReason?.note ?? "") === (right.changeReason?.note ?? "")
  );
}

/** How safe the draft is. */
export type SaveState =
  | { readonly kind: "untouched" }
  | { readonly kind: "saved"; readonly at: string }
  | { readonly kind: "waiting" }
  /** Only told once it takes longer than a second. */
  | { readonly kind: "saving" }
  | { readonly kind: "retrying" }
  /** The draft was not accepted, and trying again would not help. */
  | { readonly kind: "refused"; readonly sentence: string }
  | { readonly kind: "conflict"; readonly newer: NewerDraft }
  | { readonly kind: "signed-out" };
