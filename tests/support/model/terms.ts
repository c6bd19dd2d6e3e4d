import type { Terms } from "./panel.ts";

/** The presets with what they were overridden by so that a handful of people reach the minimum of scores. */
export const presets = {
  "staff-team": {
    preset: "staff-team",
    identity: "named",
    board: "live",
    chairSees: true,
    maxRounds: 2,
    minScores: 3,
    share: { agree: 70, opposedBelow: 15 },
    rescore: "open-cells",
    mustGiveReason: false,
  },
  "rand-ucla": {
    preset: "rand-ucla",
    identity: "pseudonymous",
    board: "reveal",
    chairSees: true,
    maxRounds: 2,
    minScores: 3,
    share: null,
    rescore: "all-cells",
    mustGiveReason: false,
  },
  delphi: {
    preset: "delphi",
    identity: "anonymous",
    board: "reveal",
    chairSees: false,
    maxRounds: 4,
    minScores: 5,
    share: { agree: 75, opposedBelow: null },
    rescore: "open-cells",
    mustGiveReason: true,
  },
} as const satisfies Record<string, Terms>;

export type PresetName = keyof typeof presets;
export const presetNames = ["staff-team", "rand-ucla", "delphi"] as const;
