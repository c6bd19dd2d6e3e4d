import type { Preset } from "#rubric/protocol.ts";
import { type StartingSet, startFrom, type Template, templateSchema } from "./template.ts";
import wilsonHine from "./wilson-hine.json" with { type: "json" };

/** The templates that ship with Concord. */
export function builtInTemplates(): Template[] {
  return [templateSchema.parse(wilsonHine)];
}

/** What a panel with this template starts from; `null` if no template has this id. */
export function templateFor(id: string, preset: Preset): StartingSet | null {
  const template = builtInTemplates().find((one) => one.id === id);
  return template ? startFrom(template, preset) : null;
}

export type TemplateSummary = Pick<Template, "id" | "title" | "version" | "perspectives" | "criteria" | "policies">;

/** What anyone may know of the templates: the lists themselves, without what their authors wrote about the cells. */
export function templateSummaries(): TemplateSummary[] {
  return builtInTemplates().map(({ id, title, version, perspectives, criteria, policies }) => ({
    id,
    title,
    version,
    perspectives,
    criteria,
    policies,
  }));
}
