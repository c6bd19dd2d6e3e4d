export interface TestClock {
  /** For `startServer` and `createApplication`. */
  readonly now: () => Date;
  /** Lets time pass for whoever reads this clock. */
  forward(span: { seconds?: number; minutes?: number; hours?: number; days?: number }): void;
}

/** A clock that stands still between two steps, at the present moment to begin with. */
export function aClock(): TestClock {
  let ms = Date.now();
  return {
    now: () => new Date(ms),
    forward({ seconds = 0, minutes = 0, hours = 0, days = 0 }) {
      ms += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
    },
  };
}
