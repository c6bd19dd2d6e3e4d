import type { Call } from "./call.ts";
import { parameterSchemas } from "./parameters.ts";

export interface FoundCall {
  readonly call: Call;
  readonly parameters: ReadonlyMap<string, string>;
}

/** What the list of calls has at an address. */
export interface FoundAddress {
  /** The calls at this address, by method; empty for an unknown address. */
  readonly byMethod: ReadonlyMap<string, FoundCall>;
}

interface Candidate {
  readonly call: Call;
  readonly segments: readonly string[];
}

/** Looks addresses up in the list of calls. */
export function makeFinder(calls: readonly Call[]): (path: string) => FoundAddress["byMethod"] {
  const bySize = new Map<number, Candidate[]>();
  for (const call of calls) {
    const segments = call.path.split("/");
    const sameSize = bySize.get(segments.length) ?? [];
    bySize.set(segments.length, [...sameSize, { call, segments }]);
  }
  return (path) => {
    const segments = path.split("/");
    const found = new Map<string, FoundCall>();
    for (const { call, segments: pattern } of bySize.get(segments.length) ?? []) {
      const parameters = match(pattern, segments);
      if (parameters !== null) found.set(call.method, { call, parameters });
    }
    return found;
  };
}

function match(pattern: readonly string[], segments: readonly string[]): Map<string, string> | null {
  const parameters = new Map<string, string>();
  for (const [index, wanted] of pattern.entries()) {
    const segment = segments[index] ?? "";
    if (!wanted.startsWith(":")) {
      if (segment !== wanted) return null;
      continue;
    }
    const value = decodeURIComponent(segment);
    const name = wanted.slice(1);
    if (!parameterSchemas[name]?.safeParse(value).success) return null;
    parameters.set(name, value);
  }
  return parameters;
}
