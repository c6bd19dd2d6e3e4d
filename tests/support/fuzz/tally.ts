import type { Sent } from "./sent.ts";
import type { Figures } from "./target.ts";

interface Case {
  readonly kind: string;
  readonly number: number;
  readonly sent: Sent;
  /** What was wrong with the outcome, if anything. */
  readonly what: string | null;
  readonly status: string;
}

export interface FuzzReport {
  readonly kinds: number;
  readonly cases: number;
  /** How often which status was answered: over all, and for each kind. */
  readonly statuses: Counts;
  readonly byKind: ReadonlyMap<string, Counts>;
  readonly failures: readonly Case[];
  readonly faults: readonly string[];
  readonly slowest: Figures["slowest"];
  readonly longestBlockMs: number;
  readonly heapBefore: number;
  readonly heapAfter: number;
  readonly rssAfter: number;
}

type Counts = ReadonlyMap<string, number>;

/** What has come of the cases so far. */
export interface Tally {
  note(one: Case): void;
  measured(kind: string, figures: Figures): void;
  inWords(): string;
  report(before: { readonly heapBefore: number }): FuzzReport;
}

export function makeTally(kinds: number): Tally {
  const statuses = new Map<string, number>();
  const byKind = new Map<string, Map<string, number>>();
  const failures: Case[] = [];
  const faults: string[] = [];
  let cases = 0;
  let slowest = { what: "", cpuMs: 0 };
  let longestBlockMs = 0;
  let memory = { heapAfter: 0, rssAfter: 0 };
  return {
    note(one) {
      const ofKind = byKind.get(one.kind) ?? new Map<string, number>();
      byKind.set(one.kind, ofKind);
      for (const counts of [statuses, ofKind]) counts.set(one.status, (counts.get(one.status) ?? 0) + 1);
      if (one.what !== null) failures.push(one);
      cases += 1;
    },
    measured(kind, figures) {
      faults.push(...figures.faults.map((fault) => `${kind}: ${fault}`));
      longestBlockMs = Math.max(longestBlockMs, figures.longestBlockMs);
      if (figures.slowest.cpuMs > slowest.cpuMs) slowest = figures.slowest;
      memory = { heapAfter: figures.heapUsed, rssAfter: figures.rss };
    },
    inWords: () => `${cases} cases, ${failures.length} failures, heap ${megabytes(memory.heapAfter)} MB`,
    report: ({ heapBefore }) => ({
      kinds,
      cases,
      statuses,
      byKind,
      failures,
      faults,
      slowest,
      longestBlockMs,
      heapBefore,
      ...memory,
    }),
  };
}

/** @example "200: 12, 404: 3" */
export function inWords(counts: Counts): string {
  return [...counts]
    .sort()
    .map(([status, count]) => `${status}: ${count}`)
    .join(", ");
}

export function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}
