import { parameterNames } from "./protocol-words.ts";
import { type Typed, textAt } from "./typed.ts";

const rows: readonly { list: string; name: string }[] = [
  { list: "policies", name: "Policy" },
  { list: "rubric.criteria", name: "Criterion" },
  { list: "rubric.perspectives", name: "Perspective" },
];

const basics: Readonly<Record<string, string>> = { title: "Title", question: "Question", ...parameterNames };

/** What a field of the set-up form is called when its error stands far from it: "Criterion C2, weight". */
export function nameOfField(path: string, typed: Typed): string {
  const row = rows.find(({ list }) => path.startsWith(`${list}.`));
  if (!row) return basics[path.replace("protocol.", "")] ?? "";
  const [index = "", ...field] = path.slice(row.list.length + 1).split(".");
  const id = textAt(typed, `${row.list}.${index}.id`, String(Number(index) + 1));
  return `${row.name} ${id}${field.length === 0 ? "" : `, ${field.join(" ")}`}`;
}
