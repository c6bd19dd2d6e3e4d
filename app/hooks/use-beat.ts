import { useEffect } from "react";
import { makeBeat } from "./beat.ts";

const signsOfWork = ["keydown", "pointerdown", "pointermove", "wheel", "scroll"] as const;

/** Keeps the session from ending while a person types, points or scrolls; what the page asks by itself does not. */
export function useBeat(isSignedIn: boolean): void {
  useEffect(() => {
    if (!isSignedIn) return;
    const notice = makeBeat({ send, now: () => performance.now() });
    for (const sign of signsOfWork) document.addEventListener(sign, notice, { capture: true, passive: true });
    return () => {
      for (const sign of signsOfWork) document.removeEventListener(sign, notice, { capture: true });
    };
  }, [isSignedIn]);
}

/** A beat that is lost is made up for by the next. */
function send(): void {
  fetch("/api/v1/session/activity", { method: "POST", keepalive: true }).catch(() => {});
}
