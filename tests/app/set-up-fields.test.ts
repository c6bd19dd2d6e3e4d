import { describe, expect, it } from "vitest";
import { type Typed, textAt } from "#app/components/typed.ts";
import { fieldsOfSetUp, panelInputOf, setUpInputOf } from "#app/set-up-fields.ts";
import { editRows, emptyRubric } from "#app/set-up-rows.ts";
import { panelInput } from "#rubric/panel.ts";
import { mergeProtocol, protocolSchema } from "#rubric/protocol.ts";
import { templateFor } from "#rubric/templates/templates.ts";

const start = templateFor("wilson-hine", "rand-ucla");
if (start === null) throw new Error("the built-in template is missing");
const { rubric, policies } = start;
const protocol = protocolSchema.parse(mergeProtocol({ preset: "rand-ucla", minScores: 4 }));
const basics = { title: "Our panel", question: "Which policy first?" };
const fields = fieldsOfSetUp({ ...basics, ...rubric, title: basics.title, policies, protocol });

describe("a draft's set-up in the form", () => {
  it("keeps the whole rubric, with what the form does not show, when nothing was changed", () => {
    expect(setUpInputOf(fields, { rubric, policies })).toMatchObject({
      ...basics,
      policies,
      protocol: { preset: "rand-ucla", minScores: 4 },
    });
    expect(setUpInputOf(fields, { rubric, policies })).not.toHaveProperty("rubric");
  });

  it("sends the rubric when a criterion was changed, and keeps the comparator the form does not show", () => {
    const changed = { ...fields, rubric: { ...groupOf(fields, "rubric"), criteria: renamed(fields) } };
    const { rubric: sent } = setUpInputOf(changed, { rubric, policies });
    expect(sent?.criteria[0]).toMatchObject({ id: "I1", name: "Renamed", comparator: "no-new-policy" });
  });

  it("says nothing of parameters that are as the preset has them", () => {
    expect(fields.protocol).toEqual({ preset: "rand-ucla", minScores: "4" });
  });
});

describe("a new panel's form", () => {
  it("asks for a template by its id", () => {
    const typed = { ...basics, source: "template", template: "wilson-hine", protocol: { preset: "delphi" } };
    expect(panelInputOf(typed)).toEqual({
      ...basics,
      facilitatorScores: false,
      template: "wilson-hine",
      protocol: { preset: "delphi" },
    });
  });

  it("gives a scale of three levels its outer words and the middle one", () => {
    const anchors = ["worst", "worse", "same", "better", "best"];
    const { draft } = emptyRubric({ ...basics, levels: "3", anchors, protocol: { preset: "staff-team" } });
    expect(panelInputOf(draft)).toMatchObject({
      rubric: {
        scale: {
          min: -1,
          max: 1,
          anchors: [
            { level: -1, name: "worst" },
            { level: 0, name: "same" },
            { level: 1, name: "best" },
          ],
        },
      },
    });
  });

  it("names the field at fault by the field's own name", () => {
    const { draft } = emptyRubric({ ...basics, protocol: { preset: "staff-team" } });
    const paths = panelInput.safeParse(panelInputOf(draft)).error?.issues.map((issue) => issue.path.join("."));
    expect(paths).toEqual(["rubric.perspectives.0.title", "rubric.criteria.0.name", "policies.0.title"]);
  });
});

describe("a list of rows", () => {
  it("grows at its end, with an id nobody has", () => {
    const typed: Typed = { policies: [{ id: "P3", title: "kept" }, { id: "P2" }] };
    expect(editRows(typed, "add policies")).toEqual({
      draft: { policies: [{ id: "P3", title: "kept" }, { id: "P2" }, { id: "P4" }] },
      focus: "policies.2.title",
    });
  });

  it("loses the row that was named, and no other", () => {
    const typed: Typed = { rubric: { criteria: [{ id: "C1" }, { id: "C2" }], perspectives: [{ id: "V1" }] } };
    expect(editRows(typed, "remove rubric.criteria 0")).toEqual({
      draft: { rubric: { criteria: [{ id: "C2" }], perspectives: [{ id: "V1" }] } },
      focus: "rubric.criteria.0.name",
    });
  });

  it("is left alone by any other button", () => {
    expect(["save", "add nothing", "add __proto__"].map((intent) => editRows({}, intent))).toEqual([null, null, null]);
  });
});

function groupOf(typed: Typed, name: string): object {
  const group = typed[name];
  return typeof group === "object" ? group : {};
}

function renamed(typed: Typed): Typed[] {
  return rubric.criteria.map((criterion, index) => ({
    ...criterionFields(typed, index),
    ...(criterion.id === "I1" ? { name: "Renamed" } : {}),
  }));
}

function criterionFields(typed: Typed, index: number): Typed {
  const names = [
    "id",
    "name",
    "short",
    "perspective",
    "question",
    "polarity",
    "weight",
    "gloss",
    "effect.low",
    "effect.high",
  ];
  const entries = names.map((name) => [name, textAt(typed, `rubric.criteria.${index}.${name}`)] as const);
  const { "effect.low": low = "", "effect.high": high = "", ...rest } = Object.fromEntries(entries);
  return { ...rest, effect: { low, high } };
}
