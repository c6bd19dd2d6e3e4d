import { overridesOf, type PresetParameters, type Protocol, presets } from "#rubric/protocol.ts";
import { ruleSentence } from "#rubric/rule-words.ts";
import { shareLimits } from "#rubric/verdict.ts";
import { identityWords } from "./phase-words.ts";

/** The rule by which a cell counts as agreed or contested, in words, with an example. */
export function ruleSentences(protocol: Protocol): string[] {
  const { rule: id, minScores, agreeShare, opposedBelow } = protocol;
  return [
    ruleSentence({ id, minScores, agreeShare, opposedBelow }),
    ...(id === "share" ? [exampleOf(protocol)] : []),
    `Below ${minScores} scores a cell has no outcome, only the words "too few scores".`,
  ];
}

function exampleOf(protocol: Protocol): string {
  const { needed, mostOpposed } = shareLimits(10, protocol);
  const opposed = mostOpposed === null ? "" : `, and at most ${mostOpposed} in the third opposite`;
  return `With 10 scores that is ${needed} in one third${opposed}.`;
}

/** The parameters of a protocol, each in words, in the order people ask about them. */
export function parameterRows(protocol: Protocol): { name: string; value: string; isOverride: boolean }[] {
  const overrides = new Set(overridesOf(protocol));
  return parameterOrder.map((parameter) => ({
    name: parameterNames[parameter],
    value: valueWords(protocol, parameter),
    isOverride: overrides.has(parameter),
  }));
}

export function presetTitle(protocol: Pick<Protocol, "preset">): string {
  return presets[protocol.preset].title;
}

const parameterOrder = [
  "identity",
  "board",
  "facilitatorView",
  "maxRounds",
  "rule",
  "minScores",
  "rationale",
  "rescore",
  "changeReason",
] as const satisfies readonly (keyof PresetParameters)[];

type Listed = (typeof parameterOrder)[number];

/** What each parameter is called on the screen. */
export const parameterNames: Readonly<Record<Listed | "agreeShare" | "opposedBelow", string>> = {
  identity: "How members appear",
  board: "When reviewers see the board",
  facilitatorView: "What a facilitator sees while the round is scoring",
  maxRounds: "Rounds at most",
  rule: "Rule for agreement",
  agreeShare: "Share that makes agreement",
  opposedBelow: "Opposed share must stay below",
  minScores: "Scores a cell needs before a figure is shown",
  rationale: "A rationale with each score",
  rescore: "What a later round asks again",
  changeReason: "A reason when a score changes",
};

/** The values of the parameters that are chosen from a list. */
export const valueNames = {
  identity: {
    named: identityWords("named"),
    pseudonymous: identityWords("pseudonymous"),
    anonymous: identityWords("anonymous"),
  },
  board: { live: "As soon as they have submitted", reveal: "At the reveal, all at once" },
  facilitatorView: { scores: "Submitted scores as they arrive", progress: "How far the panel is, no scores" },
  rule: { share: "A share of the scores on one side", ipras: "The IPRAS rule of the RAND/UCLA method" },
  rationale: { required: "Required", optional: "Optional" },
  rescore: { "open-cells": "Cells that are contested or have too few scores", "all-cells": "Every cell" },
  changeReason: { asked: "Asked for", required: "Required" },
} as const;

function valueWords(protocol: Protocol, parameter: Listed): string {
  switch (parameter) {
    case "maxRounds":
    case "minScores":
      return String(protocol[parameter]);
    case "identity":
      return valueNames.identity[protocol.identity];
    case "board":
      return valueNames.board[protocol.board];
    case "facilitatorView":
      return valueNames.facilitatorView[protocol.facilitatorView];
    case "rule":
      return valueNames.rule[protocol.rule];
    case "rationale":
      return valueNames.rationale[protocol.rationale];
    case "rescore":
      return valueNames.rescore[protocol.rescore];
    case "changeReason":
      return valueNames.changeReason[protocol.changeReason];
  }
}
