import { useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useRef } from "react";
import { type PanelEvents, usePanelEvents } from "./use-panel-events.ts";

/** Keeps a page whose values come from its loader up to date, by running the loader again. */
export function useLivePage({ panelId, version }: { panelId: string; version: number }): PanelEvents {
  const { revalidate } = useRevalidator();
  const current = useRef(revalidate);
  useEffect(() => {
    current.current = revalidate;
  }, [revalidate]);
  const refetch = useCallback(async () => current.current(), []);
  return usePanelEvents({ panelId, version, refetch });
}
