import type { Reason } from "./measured.ts";

/**
 * One reason for every `null` of a list, by the path of the element.
 * @example reasonsAt("values", [1, null], "no-scores") // { "values[1]": "no-scores" }
 */
export function reasonsAt(key: string, list: readonly unknown[], reason: Reason): Record<string, Reason> {
  return Object.fromEntries(list.flatMap((entry, index) => (entry === null ? [[`${key}[${index}]`, reason]] : [])));
}

/**
 * Reasons moved under a path.
 * @example reasonsUnder("challengers[0].", { l2: "dominated" }) // { "challengers[0].l2": "dominated" }
 */
export function reasonsUnder(path: string, reasons: Readonly<Record<string, Reason>>): Record<string, Reason> {
  return Object.fromEntries(Object.entries(reasons).map(([key, reason]) => [`${path}${key}`, reason]));
}
