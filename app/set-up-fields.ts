import { overridesOf, type PresetParameters, type Protocol } from "#rubric/protocol.ts";
import type { Criterion, Perspective, Policy, Rubric } from "#rubric/rubric.ts";
import { levelsOf, type Scale } from "#rubric/scale.ts";
import { rowsAt, type Typed, textAt } from "./components/typed.ts";
import { isTicked, numberOf, optionalText } from "./form-fields.ts";

/** The set-up form's fields as the body that makes a panel. */
export function panelInputOf(fields: Typed) {
  const basics = {
    title: textAt(fields, "title"),
    question: textAt(fields, "question"),
    protocol: protocolInputOf(fields),
  };
  const facilitatorScores = isTicked(fields.facilitatorScores);
  if (textAt(fields, "source") !== "own") return { ...basics, facilitatorScores, template: textAt(fields, "template") };
  return { ...basics, facilitatorScores, rubric: rubricInputOf(fields), policies: policiesInputOf(fields) };
}

/**
 * The same fields as the body that changes a draft: what the form does not show stays as it is, and a rubric that was
 * not touched is left out, because giving one drops the reading that came with its template.
 */
export function setUpInputOf(fields: Typed, before: { rubric: Rubric; policies: readonly Policy[] }) {
  const { title, question, protocol } = panelInputOf(fields);
  const typedCriteria = rubricInputOf(fields);
  const rubric = {
    ...before.rubric,
    perspectives: merged(typedCriteria.perspectives, before.rubric.perspectives),
    criteria: merged(typedCriteria.criteria, before.rubric.criteria),
    scale: sameScale(typedCriteria.scale, before.rubric.scale) ? before.rubric.scale : typedCriteria.scale,
  };
  const isTouched = JSON.stringify(withoutBlanks(rubric)) !== JSON.stringify(withoutBlanks(before.rubric));
  return {
    title,
    question,
    protocol,
    policies: merged(policiesInputOf(fields), before.policies),
    ...(isTouched ? { rubric } : {}),
  };
}

function rubricInputOf(fields: Typed) {
  return {
    perspectives: rowsAt(fields, "rubric.perspectives").map((row) => ({
      id: textAt(row, "id"),
      title: textAt(row, "title"),
    })),
    criteria: rowsAt(fields, "rubric.criteria").map(criterionInputOf),
    scale: scaleInputOf(fields),
  };
}

function criterionInputOf(row: Typed) {
  const [low, high] = [optionalText(textAt(row, "effect.low")), optionalText(textAt(row, "effect.high"))];
  return {
    id: textAt(row, "id"),
    name: textAt(row, "name"),
    short: optionalText(textAt(row, "short")),
    perspective: textAt(row, "perspective"),
    question: textAt(row, "question"),
    polarity: textAt(row, "polarity", "more-is-better"),
    weight: numberOf(textAt(row, "weight")),
    gloss: optionalText(textAt(row, "gloss")),
    effect: low === undefined && high === undefined ? undefined : { low: low ?? "", high: high ?? "" },
  };
}

function policiesInputOf(fields: Typed) {
  return rowsAt(fields, "policies").map((row) => ({
    id: textAt(row, "id"),
    title: textAt(row, "title"),
    short: optionalText(textAt(row, "short")),
    description: textAt(row, "description"),
  }));
}

const ranges: Readonly<Record<string, { min: number; max: number }>> = {
  "3": { min: -1, max: 1 },
  "5": { min: -2, max: 2 },
  "9": { min: 1, max: 9 },
};

function scaleInputOf(fields: Typed) {
  const { min, max } = ranges[textAt(fields, "levels")] ?? { min: -2, max: 2 };
  const anchors = anchorPlaces(min, max).flatMap((level, place) => {
    const words = optionalText(textAt(fields, `anchors.${place}`));
    return words === undefined || level === null ? [] : [{ level, name: words }];
  });
  return { min, max, step: 1, anchors };
}

/** The level that each of the five anchor fields stands for; a scale of three levels uses the outer ones and the middle. */
function anchorPlaces(min: number, max: number): (number | null)[] {
  const quarter = (max - min) / 4;
  return [0, 1, 2, 3, 4].map((place) => (Number.isInteger(quarter * place) ? min + quarter * place : null));
}

function sameScale(
  typed: { min: number; max: number; anchors: readonly { level: number; name: string }[] },
  before: Scale,
): boolean {
  const words = (anchors: readonly { level: number; name: string }[]) =>
    anchors.map(({ level, name }) => `${level} ${name}`).join("\n");
  const shown = before.anchors.filter(({ level }) => anchorPlaces(before.min, before.max).includes(level));
  return typed.min === before.min && typed.max === before.max && words(typed.anchors) === words(shown);
}

/** What was typed, over what stood there under the same id; a field left blank is gone. */
function merged<Row extends { id: string }>(typed: readonly Row[], before: readonly { id: string }[]) {
  return typed.map((row) => ({ ...before.find(({ id }) => id === row.id), ...row }));
}

function withoutBlanks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBlanks);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(
    ([name, part]) => part !== undefined && part !== "" && name !== "version",
  );
  return Object.fromEntries(
    entries.sort(([left], [right]) => (left < right ? -1 : 1)).map(([name, part]) => [name, withoutBlanks(part)]),
  );
}

function protocolInputOf(fields: Typed) {
  const text = (name: keyof PresetParameters) => optionalText(textAt(fields, `protocol.${name}`));
  const number = (name: keyof PresetParameters) => numberOf(textAt(fields, `protocol.${name}`));
  const given = {
    identity: text("identity"),
    board: text("board"),
    facilitatorView: text("facilitatorView"),
    maxRounds: number("maxRounds"),
    rule: text("rule"),
    agreeShare: number("agreeShare"),
    opposedBelow: number("opposedBelow"),
    minScores: number("minScores"),
    rationale: text("rationale"),
    rescore: text("rescore"),
    changeReason: text("changeReason"),
  };
  return {
    preset: textAt(fields, "protocol.preset"),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

/** A set-up as the form's fields, to be changed or copied. */
export function fieldsOfSetUp(setUp: {
  title: string;
  question: string;
  perspectives: readonly Perspective[];
  criteria: readonly Criterion[];
  policies: readonly Policy[];
  scale?: Scale;
  protocol?: Protocol;
}): Typed {
  return {
    source: "own",
    title: setUp.title,
    question: setUp.question,
    rubric: {
      perspectives: setUp.perspectives.map(({ id, title }) => ({ id, title })),
      criteria: setUp.criteria.map(criterionFields),
    },
    policies: setUp.policies.map(({ id, title, short = "", description }) => ({ id, title, short, description })),
    ...(setUp.scale ? scaleFields(setUp.scale) : {}),
    ...(setUp.protocol ? { protocol: protocolFields(setUp.protocol) } : {}),
  };
}

function criterionFields(criterion: Criterion): Typed {
  const { id, name, short = "", perspective, question, polarity, weight, gloss = "", effect } = criterion;
  return {
    id,
    name,
    short,
    perspective,
    question,
    polarity,
    gloss,
    weight: weight === undefined ? "" : String(weight),
    effect: { low: effect?.low ?? "", high: effect?.high ?? "" },
  };
}

function scaleFields(scale: Scale): Typed {
  const anchors = anchorPlaces(scale.min, scale.max).map(
    (place) => scale.anchors.find(({ level }) => level === place)?.name ?? "",
  );
  return { levels: String(levelsOf(scale).length), anchors };
}

function protocolFields(protocol: Protocol): Typed {
  const overrides = overridesOf(protocol).map((name) => [name, protocol[name] === null ? "" : String(protocol[name])]);
  return { preset: protocol.preset, ...Object.fromEntries(overrides) };
}
