/** One thing that was recomputed. */
export interface Check {
  readonly name: string;
  readonly outcome: "holds" | "differs" | "not checkable";
  /** What differs, or why there is nothing to compare. */
  readonly detail: string | null;
}

/** A check that holds unless there is a fault. */
export function check(name: string, fault: string | null): Check {
  return { name, outcome: fault === null ? "holds" : "differs", detail: fault };
}

export function uncheckable(name: string, why: string): Check {
  return { name, outcome: "not checkable", detail: why };
}

export function unless(holds: boolean, fault: string): string | null {
  return holds ? null : fault;
}

/** The first fault of several, looking no further than it. */
export function firstOf(faults: readonly (() => string | null)[]): string | null {
  for (const find of faults) {
    const fault = find();
    if (fault !== null) return fault;
  }
  return null;
}
