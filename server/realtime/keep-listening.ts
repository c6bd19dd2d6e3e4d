import type { Application } from "#server/application.ts";

export interface Listener {
  heard(payload: string): void;
  /** The ear is there, at first or again; what was said meanwhile is lost. */
  back(): void;
}

/** Listens on a channel of the database until stopped. The driver reconnects a lost ear by itself. */
export function keepListening(app: Application, channel: string, listener: Listener): { stop(): Promise<void> } {
  const ear = app.database.listen(channel, heard, listener.back).catch((error: unknown) => {
    app.log.warn({ err: error, channel }, "the database's announcements are not heard yet");
    return null;
  });

  /** Anyone with the database's password can announce anything; nonsense must not end the process. */
  function heard(payload: string): void {
    try {
      listener.heard(payload);
    } catch (error) {
      app.log.warn({ err: error, channel }, "an announcement made no sense");
    }
  }

  return {
    async stop() {
      // Without a database there is nothing to say goodbye to.
      await (await ear)?.stop().catch(() => {});
    },
  };
}
