import type { Draft, NewerDraft } from "./draft.ts";
import { changeReasonOf, nonScoreOf } from "./draft-parts.ts";

/** What the server said to a draft. */
export type PutReply =
  | { readonly kind: "saved"; readonly version: number; readonly savedAt: string }
  | { readonly kind: "conflict"; readonly newer: NewerDraft }
  | { readonly kind: "signed-out" }
  | { readonly kind: "refused"; readonly sentence: string }
  /** Nobody knows whether it arrived: the same key may be sent again. */
  | { readonly kind: "unreachable"; readonly afterMs: number | null };

export interface PutRequest {
  readonly url: string;
  readonly draft: Draft;
  readonly version: number;
  readonly key: string;
}

/** Sends a draft. The request outlives the page, so that leaving it loses nothing. */
export async function putDraft({ url, draft, version, key }: PutRequest): Promise<PutReply> {
  const { value, nonScore, rationale, changeReason } = draft;
  try {
    const response = await fetch(url, {
      method: "PUT",
      headers: { "Content-Type": "application/json", "Idempotency-Key": key },
      body: JSON.stringify({ value, nonScore, rationale, changeReason, version }),
      keepalive: true,
    });
    return replyOf(response.status, await bodyOf(response), response.headers.get("Retry-After"));
  } catch {
    return { kind: "unreachable", afterMs: null };
  }
}

function replyOf(status: number, body: Record<string, unknown>, retryAfter: string | null): PutReply {
  const { version, savedAt, detail, current } = body;
  if (status === 200 && typeof version === "number") return { kind: "saved", version, savedAt: String(savedAt) };
  if (status === 409) return { kind: "conflict", newer: newerDraftOf(current) };
  if (status === 401) return { kind: "signed-out" };
  const mayPass = status === 429 || status >= 500;
  if (mayPass) return { kind: "unreachable", afterMs: retryAfter === null ? null : 1000 * (Number(retryAfter) || 1) };
  return {
    kind: "refused",
    sentence: sentenceOf(body, typeof detail === "string" ? detail : "This was not accepted."),
  };
}

/** The first field at fault says more than the number of faults. */
function sentenceOf({ errors }: Record<string, unknown>, detail: string): string {
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  return isRecord(first) && typeof first.message === "string" ? first.message : detail;
}

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  const body: unknown = await response.json().catch(() => null);
  return isRecord(body) ? body : {};
}

/** The `current` of a refusal as a draft; what is missing counts as empty. */
export function newerDraftOf(current: unknown): NewerDraft {
  const { value, nonScore, rationale, changeReason, version } = isRecord(current) ? current : {};
  return {
    value: typeof value === "number" ? value : null,
    nonScore: nonScoreOf(nonScore),
    rationale: typeof rationale === "string" ? rationale : "",
    changeReason: isRecord(changeReason) ? changeReasonOf(changeReason.code, changeReason.note) : null,
    version: typeof version === "number" ? version : 0,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
