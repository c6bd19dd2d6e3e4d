import { rowsAt, type Typed, type TypedField, textAt } from "./components/typed.ts";

/** The set-up form after a button that adds or takes away a row was pressed. */
export interface EditedForm {
  readonly draft: Typed;
  /** The field to go on with. */
  readonly focus: string;
}

/** What each list of the form starts a new row with; `prefix` makes its id. */
const lists = {
  "rubric.perspectives": { prefix: "V", first: "title" },
  "rubric.criteria": { prefix: "C", first: "name" },
  policies: { prefix: "P", first: "title" },
} as const;

type ListName = keyof typeof lists;

/** Does what a button named `add LIST` or `remove LIST INDEX` asks; `null` if it asks something else. */
export function editRows(fields: Typed, intent: string): EditedForm | null {
  const [act, list, place] = intent.split(" ");
  if (!isList(list)) return null;
  const rows = rowsAt(fields, list);
  if (act === "add") {
    const added = [...rows, newRow(rows, list)];
    return { draft: withRows(fields, list, added), focus: `${list}.${rows.length}.${lists[list].first}` };
  }
  if (act !== "remove") return null;
  const kept = rows.filter((_, index) => index !== Number(place));
  return { draft: withRows(fields, list, kept), focus: `${list}.${Math.max(0, kept.length - 1)}.${lists[list].first}` };
}

/** The form of a rubric that is yet to be written: one row of everything. */
export function emptyRubric(fields: Typed): EditedForm {
  const draft = {
    ...fields,
    source: "own",
    rubric: { perspectives: [{ id: "V1", title: "" }], criteria: [{ id: "C1", perspective: "V1" }] },
    policies: [{ id: "P1" }],
  };
  return { draft, focus: "rubric.perspectives.0.title" };
}

function isList(name: string | undefined): name is ListName {
  return name !== undefined && Object.hasOwn(lists, name);
}

function newRow(rows: readonly Typed[], list: ListName): Typed {
  const taken = new Set(rows.map((row) => textAt(row, "id")));
  const { prefix } = lists[list];
  let number = rows.length + 1;
  while (taken.has(`${prefix}${number}`)) number += 1;
  return { id: `${prefix}${number}` };
}

function withRows(fields: Typed, list: ListName, rows: readonly Typed[]): Typed {
  if (list === "policies") return { ...fields, policies: rows };
  const [, name] = list.split(".");
  return { ...fields, rubric: { ...groupAt(fields, "rubric"), ...(name === undefined ? {} : { [name]: rows }) } };
}

function groupAt(fields: Typed, name: string): Typed {
  const group = fields[name];
  return group === undefined || typeof group === "string" || isRows(group) ? {} : group;
}

function isRows(group: TypedField): group is readonly TypedField[] {
  return Array.isArray(group);
}
