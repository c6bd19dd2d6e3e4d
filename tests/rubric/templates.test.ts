import { describe, expect, test } from "vitest";
import { policiesSchema, rubricSchema } from "#rubric/rubric.ts";
import { demoPanel } from "#rubric/templates/demo-panel.ts";
import { ownRubric, rubricInput } from "#rubric/templates/own-rubric.ts";
import { startFrom, templateSchema } from "#rubric/templates/template.ts";
import { builtInTemplates, templateFor, templateSummaries } from "#rubric/templates/templates.ts";
import wilsonHine from "#rubric/templates/wilson-hine.json" with { type: "json" };

const policies = policiesSchema.parse([{ id: "A", title: "A policy" }]);
const criteria = [{ id: "C1", name: "Cost", perspective: "money" }];

function faultsOf(rubric: unknown): string[] {
  const { error } = rubricInput.safeParse(rubric);
  return (error?.issues ?? []).map((issue) => `${issue.path.join(".")}: ${issue.message}`);
}

describe("a built-in template", () => {
  test("is there under its id, with 6 criteria, 4 policies and 2 perspectives", () => {
    const [template] = builtInTemplates();
    expect(template?.id).toBe("wilson-hine");
    expect(template?.criteria.map(({ id }) => id)).toEqual(["I1", "I2", "I3", "G1", "G2", "G3"]);
    expect(template?.policies.map(({ id }) => id)).toEqual(["P1", "P2", "P3", "P4"]);
    expect(template?.perspectives.map(({ id }) => id)).toEqual(["ideological", "geopolitical"]);
  });

  test.each([
    ["staff-team", -2, 2],
    ["rand-ucla", 1, 9],
    ["delphi", 1, 9],
  ] as const)("gives preset %s the scale %i..%i with all its anchors", (preset, min, max) => {
    const scale = templateFor("wilson-hine", preset)?.rubric.scale;
    expect(scale).toMatchObject({ min, max, step: 1 });
    expect(scale?.anchors).toHaveLength(5);
  });

  test("gives a rubric that stands by itself, with nothing of the template around it", () => {
    const start = templateFor("wilson-hine", "staff-team");
    expect(start?.referenceReading?.cells).toHaveLength(9);
    expect(rubricSchema.parse(start?.rubric)).toEqual(start?.rubric);
  });

  test("needs no summary, source, prompt or reading", () => {
    const { summary, source, otherConsiderationsPrompt, referenceReading, ...bare } = wilsonHine;
    expect([summary, source, otherConsiderationsPrompt, referenceReading].every(Boolean)).toBe(true);
    const start = startFrom(templateSchema.parse(bare), "staff-team");
    expect(start.referenceReading).toBeNull();
    const kept = ["title", "notices", "perspectives", "comparators", "criteria", "scale"];
    expect(Object.keys(start.rubric)).toEqual(kept);
  });

  test("that nobody ships is not found", () => {
    expect(templateFor("unknown", "delphi")).toBeNull();
  });

  test("is listed without what its authors wrote about the cells", () => {
    const [summary] = templateSummaries();
    expect(Object.keys(summary ?? {})).toEqual(["id", "title", "version", "perspectives", "criteria", "policies"]);
    expect(JSON.stringify(summary)).not.toContain("limited efficacy");
    expect(JSON.stringify(wilsonHine)).toContain("limited efficacy");
  });

  test("with a criterion of no known perspective is refused by name", () => {
    const broken = { ...wilsonHine, criteria: [{ ...wilsonHine.criteria[0], perspective: "nowhere" }] };
    const issues = templateSchema.safeParse(broken).error?.issues.map(({ path }) => path.join("."));
    expect(issues).toEqual(["criteria.0.perspective"]);
  });

  test("whose default scale is missing is refused", () => {
    const issues = templateSchema.safeParse({ ...wilsonHine, defaultScale: "ten-levels" }).error?.issues;
    expect(issues?.map(({ path }) => path.join("."))).toEqual(["defaultScale"]);
  });
});

test("the invented panel of a fresh installation is well-formed, and says that it is invented", () => {
  const demo = demoPanel();
  expect(demo).toMatchObject({ format: "concord-demo/1", synthetic: true, template: "wilson-hine" });
  const handles = new Set(demo.members.map(({ id }) => id));
  const members = demo.rounds.flatMap(({ scores }) => scores.map(({ member }) => member));
  expect(members.length).toBeGreaterThan(0);
  expect(members.filter((member) => !handles.has(member))).toEqual([]);
});

describe("an own rubric", () => {
  test("needs no more of a criterion than id, name and perspective", () => {
    const rubric = rubricInput.parse({ criteria, scale: { min: 0, max: 4 } });
    const start = ownRubric({ title: "Roads", rubric, policies }, "delphi");
    expect(start).toEqual({
      rubric: {
        title: "Roads",
        notices: [],
        perspectives: [{ id: "money", title: "money" }],
        comparators: [],
        scale: { min: 0, max: 4, step: 1, anchors: [] },
        criteria: [{ id: "C1", name: "Cost", perspective: "money", question: "", polarity: "more-is-better" }],
      },
      policies: [{ id: "A", title: "A policy", description: "" }],
      referenceReading: null,
    });
  });

  test("may bring several scales, of which the preset takes its own or else the default", () => {
    const three = { id: "three", min: -1, max: 1 };
    const nine = { id: "nine", min: 1, max: 9 };
    const rubric = rubricInput.parse({ criteria, scales: [nine, three], defaultScale: "three" });
    expect(ownRubric({ title: "Roads", rubric, policies }, "rand-ucla").rubric.scale.id).toBe("nine");
    expect(ownRubric({ title: "Roads", rubric, policies }, "staff-team").rubric.scale.id).toBe("three");
  });

  test("without a scale is scored on the levels of the preset", () => {
    const rubric = rubricInput.parse({ criteria });
    expect(ownRubric({ title: "Roads", rubric, policies }, "staff-team").rubric.scale).toEqual({
      min: -2,
      max: 2,
      step: 1,
      anchors: [],
    });
  });

  test("may be a whole template file", () => {
    const rubric = rubricInput.parse(wilsonHine);
    const start = ownRubric(
      { title: "Copy", rubric, policies: policiesSchema.parse(wilsonHine.policies) },
      "staff-team",
    );
    expect(start).toEqual(templateFor("wilson-hine", "staff-team"));
  });

  test("is refused with the path of each fault", () => {
    expect(faultsOf({ criteria: [] })).toEqual(["criteria: Add a criterion."]);
    expect(faultsOf({ criteria: [...criteria, ...criteria] })).toEqual(["criteria.1.id: The id C1 is used twice."]);
    expect(faultsOf({ criteria, perspectives: [{ id: "law", title: "Law" }] })).toEqual([
      "criteria.0.perspective: No perspective has this id.",
    ]);
    expect(faultsOf({ criteria, scales: [{ id: "a", min: 0, max: 2 }], defaultScale: "b" })).toEqual([
      "defaultScale: No scale has this id.",
    ]);
    expect(faultsOf({ criteria, scale: { min: 0, max: 2 }, scales: [{ min: 0, max: 2 }] })).toEqual([
      "scales: Give one scale or several scales, not both.",
    ]);
    expect(faultsOf({ criteria, colour: "red" })).toEqual([expect.stringContaining("colour")]);
  });
});
