import { useNavigate } from "@remix-run/react";
import { useCallback, useEffect, useRef, useState } from "react";
import { type ChannelState, openPanelChannel } from "./panel-channel.ts";
import { createRefetcher, type Refetcher } from "./refetcher.ts";

export type Connection = ChannelState | { readonly kind: "paused"; readonly since: string };

export interface PanelEvents {
  readonly connection: Connection;
  readonly isPaused: boolean;
  pause(): void;
  resume(): void;
}

interface Watch {
  readonly panelId: string;
  /** The version that the page shows. */
  readonly version: number;
  /** Reads the page's values anew; the page's own work. */
  readonly refetch: () => Promise<void>;
}

/**
 * Keeps a page up to date: whenever the panel's version differs from the one shown, the page refetches itself, quietly and
 * only while its tab is visible. It renders and works the same without this.
 */
export function usePanelEvents(watch: Watch): PanelEvents {
  const { panelId } = watch;
  const [state, setState] = useState<ChannelState>({ kind: "connecting" });
  const [pausedSince, setPausedSince] = useState<string | null>(null);
  const catchUp = useCatchUp(watch, pausedSince !== null);
  const navigate = useNavigate();
  useEffect(() => {
    const channel = openPanelChannel(panelId, {
      onState: setState,
      onVersion: catchUp,
      onGone: () => navigate("/panels"),
    });
    return () => channel.close();
  }, [panelId, catchUp, navigate]);
  return {
    connection: pausedSince === null ? state : { kind: "paused", since: pausedSince },
    isPaused: pausedSince !== null,
    pause: () => setPausedSince(new Date().toISOString()),
    resume: () => setPausedSince(null),
  };
}

/** Refetches as long as what is shown is not the newest there is; on the way out of a pause or a hidden tab too. */
function useCatchUp({ version, refetch }: Watch, isPaused: boolean): (newest?: number) => void {
  const now = useRef({ version, refetch, isPaused, newest: version });
  now.current = { ...now.current, version, refetch, isPaused };
  const refetcher = useRef<Refetcher | null>(null);
  const catchUp = useCallback((newest?: number) => {
    const at = now.current;
    at.newest = Math.max(at.newest, newest ?? 0);
    if (!at.isPaused && at.newest !== at.version) refetcher.current?.request();
  }, []);
  useEffect(() => {
    const isVisible = () => document.visibilityState === "visible";
    refetcher.current = createRefetcher({ refetch: () => now.current.refetch(), isVisible });
    const onVisibility = () => {
      if (isVisible()) catchUp();
    };
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      refetcher.current?.stop();
    };
  }, [catchUp]);
  useEffect(() => {
    if (!isPaused) catchUp();
  }, [isPaused, catchUp]);
  return catchUp;
}
