/** What a form holds, as an object of texts: `criteria.0.name` is `{criteria: [{name}]}`. */
export type Typed = { readonly [name: string]: TypedField };
export type TypedField = string | readonly TypedField[] | Typed;

/** The field at a dotted path, if there is one. */
export function fieldAt(typed: TypedField | undefined, path: string): TypedField | undefined {
  let at: TypedField | undefined = typed;
  for (const part of path.split(".")) {
    if (at === undefined || typeof at === "string") return undefined;
    at = isList(at) ? at[Number(part)] : ownField(at, part);
  }
  return at;
}

/** The text at a dotted path; `before` where none was typed. */
export function textAt(typed: TypedField | undefined, path: string, before = ""): string {
  const field = fieldAt(typed, path);
  return typeof field === "string" ? field : before;
}

/** The repeated rows at a dotted path. */
export function rowsAt(typed: TypedField | undefined, path: string): readonly Typed[] {
  const field = fieldAt(typed, path);
  if (field === undefined || !isList(field)) return [];
  return field.flatMap((row) => (typeof row === "string" || isList(row) ? [] : [row]));
}

function isList(field: TypedField): field is readonly TypedField[] {
  return Array.isArray(field);
}

function ownField(group: Typed, name: string): TypedField | undefined {
  return Object.hasOwn(group, name) ? group[name] : undefined;
}
