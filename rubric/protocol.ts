import { z } from "zod";

const base = {
  identity: z.enum(["named", "pseudonymous", "anonymous"]),
  board: z.enum(["live", "reveal"]),
  facilitatorView: z.enum(["scores", "progress"]),
  maxRounds: z.int().min(1).max(1000),
  rule: z.enum(["share", "ipras"]),
  agreeShare: z.number().min(0.5).max(1).multipleOf(0.01),
  opposedBelow: z.number().min(0.01).max(0.5).multipleOf(0.01).nullable(),
  minScores: z.int().min(3).max(1000),
  rationale: z.enum(["required", "optional"]),
  rescore: z.enum(["open-cells", "all-cells"]),
  changeReason: z.enum(["asked", "required"]),
  stability: z.enum(["off", "shown", "advice"]),
  dissentDays: z.int().min(0).max(365),
};

export type Preset = "staff-team" | "rand-ucla" | "delphi";
export type PresetParameters = { [Key in keyof typeof base]: z.infer<(typeof base)[Key]> };

/** The named starting sets of parameters, as data. `scale` says which of a template's scales the preset takes. */
export const presets: Record<
  Preset,
  {
    title: string;
    summary: string;
    scale: { min: number; max: number };
    advisedSize: string;
    parameters: PresetParameters;
  }
> = {
  "staff-team": {
    title: "Staff team",
    summary:
      "A small team on the record. Whoever has submitted sees the board live, by name. Two rounds; 70 of 100 on one side and fewer than 15 opposed is agreement.",
    scale: { min: -2, max: 2 },
    advisedSize: "3 to 9",
    parameters: {
      identity: "named",
      board: "live",
      facilitatorView: "scores",
      maxRounds: 2,
      rule: "share",
      agreeShare: 0.7,
      opposedBelow: 0.15,
      minScores: 3,
      rationale: "required",
      rescore: "open-cells",
      changeReason: "asked",
      stability: "shown",
      dissentDays: 2,
    },
  },
  "rand-ucla": {
    title: "RAND/UCLA expert panel",
    summary:
      "Experts under codes score on nine levels, meet after the reveal, and score every cell again. Disagreement by the IPRAS rule.",
    scale: { min: 1, max: 9 },
    advisedSize: "8 to 16",
    parameters: {
      identity: "pseudonymous",
      board: "reveal",
      facilitatorView: "scores",
      maxRounds: 2,
      rule: "ipras",
      agreeShare: 0.75,
      opposedBelow: null,
      minScores: 5,
      rationale: "required",
      rescore: "all-cells",
      changeReason: "asked",
      stability: "shown",
      dissentDays: 7,
    },
  },
  delphi: {
    title: "Delphi",
    summary:
      "A larger panel without names, up to four rounds. 75 of 100 on one side is agreement; stability between rounds advises when to stop.",
    scale: { min: 1, max: 9 },
    advisedSize: "10 to 50",
    parameters: {
      identity: "anonymous",
      board: "reveal",
      facilitatorView: "progress",
      maxRounds: 4,
      rule: "share",
      agreeShare: 0.75,
      opposedBelow: null,
      minScores: 5,
      rationale: "required",
      rescore: "open-cells",
      changeReason: "required",
      stability: "advice",
      dissentDays: 7,
    },
  },
};

const presetName = z.enum(["staff-team", "rand-ucla", "delphi"], "Choose staff-team, rand-ucla or delphi.");

/** What a set-up may say of its protocol: a preset's name, or the preset with overrides. */
export const protocolInput = z.union([
  presetName,
  z.strictObject({ preset: presetName, ...z.strictObject(base).partial().shape }),
]);

export const protocolSchema = z.strictObject({ preset: presetName, ...base }).superRefine((protocol, context) => {
  const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  if (protocol.identity !== "named" && protocol.board === "live") {
    refuse("board", "A live board exists in named panels only.");
  }
  if (protocol.identity === "anonymous" && protocol.facilitatorView !== "progress") {
    refuse("facilitatorView", "In an anonymous panel the facilitator sees progress only.");
  }
  if (protocol.identity === "anonymous" && protocol.minScores < 5) {
    refuse("minScores", "An anonymous panel needs at least 5 scores before a figure is shown.");
  }
});

/** The frozen parameters of a panel. */
export type Protocol = z.infer<typeof protocolSchema>;

/** The preset's parameters with the overrides laid over them, as text for `protocolSchema` to check. */
export function mergeProtocol(input: z.infer<typeof protocolInput>): unknown {
  if (typeof input === "string") return { preset: input, ...presets[input].parameters };
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return { ...presets[input.preset].parameters, ...given };
}

/** The parameters in which a protocol departs from its preset; printed in every record. */
export function overridesOf(protocol: Protocol): (keyof PresetParameters)[] {
  const preset = presets[protocol.preset].parameters;
  return parameterNames.filter((key) => preset[key] !== protocol[key]);
}

const parameterNames: (keyof PresetParameters)[] = [
  "identity",
  "board",
  "facilitatorView",
  "maxRounds",
  "rule",
  "agreeShare",
  "opposedBelow",
  "minScores",
  "rationale",
  "rescore",
  "changeReason",
  "stability",
  "dissentDays",
];
