import { useEffect, useRef, useState } from "react";
import type { BoardView } from "#rubric/views.ts";
import { countWords } from "#rubric/words.ts";

const quietMs = 10_000;

/** What changed, for people who do not see it change: one sentence, and never two within ten seconds. */
export function useAnnouncement(
  { version, progress }: Pick<BoardView, "version" | "progress">,
  changed: number,
): string {
  const [sentence, setSentence] = useState("");
  const spokenFor = useRef(version);
  const last = useRef(0);
  const now = useRef("");
  now.current = sentenceOf(progress, changed);
  useEffect(() => {
    if (version === spokenFor.current) return;
    const timer = setTimeout(
      () => {
        last.current = Date.now();
        spokenFor.current = version;
        setSentence(now.current);
      },
      Math.max(0, last.current + quietMs - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [version]);
  return sentence;
}

function sentenceOf({ submitted, expected }: BoardView["progress"], changed: number): string {
  const cells = changed === 0 ? "" : ` ${countWords(changed, "cell")} changed.`;
  return `${submitted} of ${expected} submitted.${cells}`;
}
