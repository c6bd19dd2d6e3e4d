import type { ChannelListener } from "./panel-channel.ts";

export interface Poll {
  /** Asks for the first time after so many ms. */
  start(delay: number): void;
  stop(): void;
}

/** Asks for the panel's version every five seconds, give or take a fifth; every thirty in a hidden tab. */
export function createPoll(panelId: string, listener: ChannelListener): Poll {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRunning = false;
  let offlineSince: string | null = null;
  const ask = async () => {
    const heard = await readVersion(panelId);
    if (!isRunning) return;
    offlineSince = heard.kind === "unreachable" ? (offlineSince ?? new Date().toISOString()) : null;
    tell(heard, { listener, offlineSince });
    timer = setTimeout(ask, pause());
  };
  return {
    start(delay) {
      if (isRunning) return;
      isRunning = true;
      timer = setTimeout(ask, delay);
    },
    stop() {
      isRunning = false;
      offlineSince = null;
      clearTimeout(timer);
    },
  };
}

type Heard =
  | { readonly kind: "version"; readonly version: number }
  | { readonly kind: "gone" }
  | { readonly kind: "unreachable" };

function tell(
  heard: Heard,
  { listener, offlineSince }: { listener: ChannelListener; offlineSince: string | null },
): void {
  switch (heard.kind) {
    case "version":
      listener.onState({ kind: "polling" });
      listener.onVersion(heard.version);
      return;
    case "gone":
      listener.onGone();
      return;
    case "unreachable":
      listener.onState({ kind: "offline", since: offlineSince ?? "" });
  }
}

async function readVersion(panelId: string): Promise<Heard> {
  try {
    const response = await fetch(`/api/v1/panels/${panelId}/version`, { headers: { Accept: "application/json" } });
    if (response.status === 401 || response.status === 404) return { kind: "gone" };
    const body: unknown = response.ok ? await response.json() : null;
    const version = typeof body === "object" && body !== null && "version" in body ? body.version : null;
    return typeof version === "number" ? { kind: "version", version } : { kind: "unreachable" };
  } catch {
    return { kind: "unreachable" };
  }
}

function pause(): number {
  const base = document.visibilityState === "hidden" ? 30_000 : 5000;
  return base * (0.8 + 0.4 * Math.random());
}
