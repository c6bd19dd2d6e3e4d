import { useBlocker } from "@remix-run/react";
import { useEffect } from "react";

interface LeavingGuard {
  /** Somebody wants to go elsewhere and is asked whether they mean it. */
  readonly isAsking: boolean;
  stay(): void;
  leave(): void;
}

/**
 * Asks before a page is left on which something typed is not safe. Once it is safe, whoever wanted to leave goes on.
 *
 * @param flush tries to make it safe
 */
export function useLeavingGuard(isAtRisk: boolean, flush: () => Promise<boolean>): LeavingGuard {
  const blocker = useBlocker(
    ({ currentLocation: here, nextLocation: there }) =>
      isAtRisk && here.pathname + here.search !== there.pathname + there.search,
  );
  const isAsking = blocker.state === "blocked";
  useEffect(() => {
    if (isAsking) void flush();
  }, [isAsking, flush]);
  useEffect(() => {
    if (blocker.state === "blocked" && !isAtRisk) blocker.proceed();
  }, [blocker, isAtRisk]);
  useEffect(() => {
    if (!isAtRisk) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isAtRisk]);
  return {
    isAsking,
    stay: () => blocker.reset?.(),
    leave: () => blocker.proceed?.(),
  };
}
