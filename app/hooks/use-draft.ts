import { useCallback, useEffect, useRef, useState } from "react";
import { type Draft, isSameDraft, type NewerDraft, type SaveState } from "./draft.ts";
import { DraftSaver } from "./draft-saver.ts";
import { putDraft } from "./put-draft.ts";

export interface DraftControl {
  readonly draft: Draft;
  readonly version: number;
  readonly state: SaveState;
  readonly mayUndo: boolean;
  /** A score settles faster than a text. */
  change(part: Partial<Draft>, pace: "score" | "text"): void;
  /** Saves at once; answers whether all is safe. */
  flush(): Promise<boolean>;
  undo(): void;
  keepMine(newer: NewerDraft): void;
  takeNewer(newer: NewerDraft): void;
  retry(): void;
}

interface DraftStart {
  readonly url: string;
  readonly saved: Draft;
  readonly version: number;
  /** What to show first, where it differs from what is saved. */
  readonly typed: Draft;
  /** A newer text met on the way here. */
  readonly newer: NewerDraft | null;
  /** Called when a save has changed what the rest of the page says of this cell. */
  readonly onSaved: (draft: Draft) => void;
}

const settleMs = { score: 400, text: 1000 };

/** One cell's draft: shown at once, saved by itself, and safe when the page goes away. */
export function useDraft(start: DraftStart): DraftControl {
  const [draft, setDraft] = useState(start.typed);
  const [state, setState] = useState<SaveState>(() => startState(start));
  const now = useRef(draft);
  const saver = useSaver(start, setState);
  useSafeLeaving(saver);
  const show = useCallback((next: Draft) => {
    now.current = next;
    setDraft(next);
  }, []);
  const flush = useCallback(async () => (await saver.current?.flush()) ?? false, [saver]);
  const settle = (chosen: Draft, newer: NewerDraft) => {
    show(chosen);
    void saver.current?.settle(chosen, newer.version);
  };
  return {
    draft,
    version: saver.current?.version ?? start.version,
    state,
    mayUndo: saver.current?.mayUndo ?? false,
    change(part, pace) {
      show({ ...now.current, ...part });
      saver.current?.change(now.current, settleMs[pace]);
    },
    flush,
    undo() {
      const before = saver.current?.undo();
      if (before) show(before);
    },
    keepMine: (newer) => settle(now.current, newer),
    takeNewer: (newer) => settle(newer, newer),
    retry: () => void saver.current?.retry(),
  };
}

function startState({ newer }: DraftStart): SaveState {
  return newer === null ? { kind: "untouched" } : { kind: "conflict", newer };
}

function useSaver(start: DraftStart, setState: (state: SaveState) => void) {
  const first = useRef(start);
  const onSaved = useRef(start.onSaved);
  onSaved.current = start.onSaved;
  const saver = useRef<DraftSaver | null>(null);
  useEffect(() => {
    const { url, saved, version, typed, newer } = first.current;
    const own = new DraftSaver({
      url,
      saved,
      version,
      isInConflict: newer !== null,
      put: async (request) => {
        const reply = await putDraft(request);
        if (reply.kind === "saved") onSaved.current(request.draft);
        return reply;
      },
      newKey: () => crypto.randomUUID(),
      onState: setState,
    });
    if (!isSameDraft(typed, saved)) own.change(typed, settleMs.text);
    saver.current = own;
    return () => own.stop();
  }, [setState]);
  return saver;
}

/** Nothing typed is lost by switching tabs, closing the page or moving on inside it. */
function useSafeLeaving(saver: { current: DraftSaver | null }): void {
  useEffect(() => {
    const onHide = () => saver.current?.leave();
    const onVisibility = () => {
      if (document.visibilityState === "hidden") void saver.current?.flush();
    };
    addEventListener("pagehide", onHide);
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      removeEventListener("pagehide", onHide);
      document.removeEventListener("visibilitychange", onVisibility);
      void saver.current?.flush();
    };
  }, [saver]);
}
