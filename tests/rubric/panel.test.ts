import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { invitationsInput, scoresByRole } from "#rubric/member.ts";
import { panelInput, setUpInput } from "#rubric/panel.ts";
import { mergeProtocol, overridesOf, protocolInput, protocolSchema } from "#rubric/protocol.ts";
import { labelOf, policiesSchema, rubricSchema } from "#rubric/rubric.ts";
import { anchorOf, scaleSchema } from "#rubric/scale.ts";
import { email } from "#rubric/text.ts";

function faultsOf(schema: z.ZodType, input: unknown): string[] {
  return (schema.safeParse(input).error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

const panel = { title: "A panel", question: "Which?" };
const rubric = { criteria: [{ id: "C1", name: "Cost", perspective: "money" }], scale: { min: 0, max: 4 } };
const policies = [{ id: "A", title: "A policy" }];

describe("what a panel starts from", () => {
  test("a template, with the staff team's protocol unless another is named", () => {
    expect(panelInput.parse({ ...panel, template: "wilson-hine" })).toEqual({
      ...panel,
      template: "wilson-hine",
      protocol: "staff-team",
      facilitatorScores: false,
    });
  });

  test("a rubric with policies, of its own or beside it", () => {
    expect(faultsOf(panelInput, { ...panel, rubric, policies })).toEqual([]);
    expect(faultsOf(panelInput, { ...panel, rubric: { ...rubric, policies } })).toEqual([]);
    expect(faultsOf(panelInput, { ...panel, rubric })).toEqual(["policies: Add a policy."]);
  });

  test("never both, nor neither, and a template brings its policies", () => {
    const choose = "template: Choose a template, or give a rubric of your own.";
    expect(faultsOf(panelInput, panel)).toEqual([choose]);
    expect(faultsOf(panelInput, { ...panel, template: "wilson-hine", rubric, policies })).toEqual([
      choose,
      "policies: The template brings its policies.",
    ]);
  });

  test("a question that asks something, also when it is changed", () => {
    expect(faultsOf(panelInput, { ...panel, question: " \n", template: "wilson-hine" })).toEqual([
      "question: Write the question the panel answers.",
    ]);
    expect(faultsOf(setUpInput, { question: "" })).toEqual(["question: Write the question the panel answers."]);
    expect(setUpInput.parse({ title: "Another" })).toEqual({ title: "Another" });
  });
});

describe("a protocol", () => {
  test("is a preset, or a preset with what departs from it; what is undefined departs from nothing", () => {
    const given = protocolInput.parse({ preset: "delphi", maxRounds: 3, minScores: undefined });
    const protocol = protocolSchema.parse(mergeProtocol(given));
    expect(protocol).toMatchObject({ preset: "delphi", identity: "anonymous", maxRounds: 3, minScores: 5 });
    expect(overridesOf(protocol)).toEqual(["maxRounds"]);
    expect(overridesOf(protocolSchema.parse(mergeProtocol("rand-ucla")))).toEqual([]);
  });

  test("keeps what its identity mode promises", () => {
    const faults = (input: z.infer<typeof protocolInput>) => faultsOf(protocolSchema, mergeProtocol(input));
    expect(faults({ preset: "rand-ucla", board: "live" })).toEqual([
      "board: A live board exists in named panels only.",
    ]);
    expect(faults({ preset: "delphi", facilitatorView: "scores", minScores: 4 })).toEqual([
      "facilitatorView: In an anonymous panel the facilitator sees progress only.",
      "minScores: An anonymous panel needs at least 5 scores before a figure is shown.",
    ]);
    expect(faults({ preset: "staff-team", board: "live", minScores: 3 })).toEqual([]);
  });
});

describe("a scale", () => {
  test("has 2 to 11 evenly spaced levels, and anchors on them", () => {
    expect(faultsOf(scaleSchema, { min: 2, max: 2 })).toEqual(["max: Must be above the lowest level."]);
    expect(faultsOf(scaleSchema, { min: 0, max: 11 })).toEqual(["step: A scale has 2 to 11 evenly spaced levels."]);
    expect(faultsOf(scaleSchema, { min: 0, max: 5, step: 2 })).toEqual([
      "step: A scale has 2 to 11 evenly spaced levels.",
    ]);
    expect(
      faultsOf(scaleSchema, {
        min: 0,
        max: 4,
        step: 2,
        anchors: [
          { level: 2, name: "Mid" },
          { level: 3, name: "No" },
        ],
      }),
    ).toEqual(["anchors.1.level: Not a level of the scale."]);
  });

  test("names a level by its anchor, if it has one", () => {
    const scale = scaleSchema.parse({ min: 0, max: 10, anchors: [{ level: 10, name: "Best" }] });
    expect([anchorOf(scale, 10), anchorOf(scale, 9)]).toEqual(["Best", ""]);
  });
});

describe("a rubric", () => {
  const whole = {
    title: "Rubric",
    perspectives: [{ id: "p", title: "One" }],
    comparators: [{ id: "now", title: "Now", text: "As things are." }],
    scale: { min: 0, max: 4 },
  };
  const criterion = { id: "C1", name: "Cost", perspective: "p" };

  test("compares with what it lists", () => {
    expect(faultsOf(rubricSchema, { ...whole, criteria: [{ ...criterion, comparator: "now" }] })).toEqual([]);
    expect(faultsOf(rubricSchema, { ...whole, criteria: [{ ...criterion, comparator: "then" }] })).toEqual([
      "criteria.0.comparator: No comparator has this id.",
    ]);
  });

  test("gives each thing an id of its own", () => {
    expect(faultsOf(policiesSchema, [...policies, ...policies])).toEqual(["1.id: The id A is used twice."]);
    expect(
      faultsOf(rubricSchema, {
        ...whole,
        perspectives: [...whole.perspectives, ...whole.perspectives],
        criteria: [criterion],
      }),
    ).toEqual(["perspectives.1.id: The id p is used twice."]);
  });

  test("labels a thing by its short name, else by its name or title", () => {
    expect([
      labelOf({ short: "S", name: "N", title: "T" }),
      labelOf({ name: "N", title: "T" }),
      labelOf({ title: "T" }),
      labelOf({}),
    ]).toEqual(["S", "N", "T", ""]);
  });
});

describe("members", () => {
  test("reviewers score, facilitators where they are set up to, observers never", () => {
    expect([
      scoresByRole("reviewer", undefined),
      scoresByRole("facilitator", undefined),
      scoresByRole("facilitator", true),
      scoresByRole("observer", true),
    ]).toEqual([true, false, true, false]);
  });

  test("are invited by address, which is trimmed and written small", () => {
    const invitations = [{ email: " Ada@Example.ORG ", role: "facilitator", scores: true }];
    expect(invitationsInput.parse({ invitations })).toEqual({
      invitations: [{ email: "ada@example.org", role: "facilitator", scores: true }],
    });
    expect(faultsOf(email, "ada")).toEqual([": Write an e-mail address such as name@example.org."]);
  });

  test("an observer is not invited to score", () => {
    const one = { email: "ada@example.org", role: "observer" };
    expect(faultsOf(invitationsInput, { invitations: [{ ...one, scores: true }] })).toEqual([
      "invitations.0.scores: An observer does not score.",
    ]);
    expect(faultsOf(invitationsInput, { invitations: [{ ...one, scores: false }] })).toEqual([]);
    expect(faultsOf(invitationsInput, { invitations: [] })).toEqual([
      "invitations: Write at least one e-mail address.",
    ]);
  });
});
