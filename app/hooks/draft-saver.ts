import { type Draft, isSameDraft, type SaveState } from "./draft.ts";
import type { PutReply, PutRequest } from "./put-draft.ts";

export interface DraftSaverOptions {
  readonly url: string;
  /** What the server keeps already, and under which version. */
  readonly saved: Draft;
  readonly version: number;
  /** Whether a person has to choose between two texts first. */
  readonly isInConflict: boolean;
  readonly put: (request: PutRequest) => Promise<PutReply>;
  readonly newKey: () => string;
  readonly onState: (state: SaveState) => void;
}

const retryMs = [1000, 2000, 4000, 8000];

/**
 * Keeps one cell's draft safe on the server: one save at a time, each with a key of its own that is used again when nobody
 * knows whether the save arrived.
 */
export class DraftSaver {
  readonly #options: DraftSaverOptions;
  #draft: Draft;
  #saved: Draft;
  #version: number;
  #earlier: Draft[] = [];
  #pending: { draft: Draft; key: string } | null = null;
  #flight: Promise<boolean> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  /** Waits for a person: to choose between two texts, or to sign in. */
  #isStuck: boolean;
  /** The draft being restored: going back adds no step to go back to. */
  #undone: Draft | null = null;

  constructor(options: DraftSaverOptions) {
    this.#options = options;
    this.#draft = options.saved;
    this.#saved = options.saved;
    this.#version = options.version;
    this.#isStuck = options.isInConflict;
  }

  /** The version that the next save will replace. */
  get version(): number {
    return this.#version;
  }

  get mayUndo(): boolean {
    return this.#earlier.length > 0;
  }

  /** The draft as it is now; it is saved once nothing has changed for so many ms. */
  change(draft: Draft, settleMs: number): void {
    this.#draft = draft;
    if (this.#isStuck || isSameDraft(draft, this.#saved)) return;
    if (this.#failures === 0) this.#options.onState({ kind: "waiting" });
    this.#plan(settleMs);
  }

  /** Saves what is not saved yet; answers whether all is safe. */
  flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#flight ??= this.#saveAll().finally(() => {
      this.#flight = null;
    });
    return this.#flight;
  }

  /** The page goes away: sends what is not saved, without waiting for an answer. */
  leave(): void {
    clearTimeout(this.#timer);
    const inFlight = this.#pending;
    if (this.#isStuck || isSameDraft(this.#draft, inFlight?.draft ?? this.#saved)) return;
    // The save under way takes the next version; this one follows it.
    const version = this.#version + (inFlight === null ? 0 : 1);
    void this.#options.put({ url: this.#options.url, draft: this.#draft, version, key: this.#options.newKey() });
  }

  /** One of two texts was chosen: it replaces that version. */
  settle(draft: Draft, version: number): Promise<boolean> {
    this.#version = version;
    this.#draft = draft;
    this.#pending = null;
    return this.retry();
  }

  /** Goes on after signing in, with the same key. */
  retry(): Promise<boolean> {
    this.#isStuck = false;
    return this.flush();
  }

  /** Goes back to what was saved before; `null` when nothing was. */
  undo(): Draft | null {
    const before = this.#earlier.pop();
    if (before === undefined) return null;
    this.#draft = before;
    this.#undone = before;
    void this.flush();
    return before;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #plan(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  async #saveAll(): Promise<boolean> {
    while (this.#pending !== null || !isSameDraft(this.#draft, this.#saved)) {
      if (this.#isStuck || !(await this.#saveOnce())) return false;
    }
    return true;
  }

  async #saveOnce(): Promise<boolean> {
    this.#pending ??= { draft: this.#draft, key: this.#options.newKey() };
    const { draft, key } = this.#pending;
    const slow = setTimeout(() => this.#options.onState({ kind: "saving" }), 1000);
    const reply = await this.#options.put({ url: this.#options.url, draft, version: this.#version, key });
    clearTimeout(slow);
    return this.#take(reply, draft);
  }

  #take(reply: PutReply, draft: Draft): boolean {
    switch (reply.kind) {
      case "saved":
        this.#keep(reply, draft);
        return true;
      case "unreachable":
        this.#options.onState({ kind: "retrying" });
        this.#plan(reply.afterMs ?? retryMs[Math.min(this.#failures, retryMs.length - 1)] ?? 8000);
        this.#failures += 1;
        return false;
      case "signed-out":
        this.#isStuck = true;
        this.#options.onState(reply);
        return false;
      default:
        this.#pending = null;
        this.#isStuck = reply.kind === "conflict";
        this.#options.onState(reply);
        return false;
    }
  }

  #keep({ version, savedAt }: { version: number; savedAt: string }, draft: Draft): void {
    if (draft !== this.#undone) this.#earlier.push(this.#saved);
    this.#undone = null;
    this.#saved = draft;
    this.#version = version;
    this.#pending = null;
    this.#failures = 0;
    this.#options.onState({ kind: "saved", at: savedAt });
  }
}
