import { type TemplateSummary, templateSummaries } from "#rubric/templates/templates.ts";

/** The built-in templates, without any reference reading. */
export function readTemplates(): { templates: TemplateSummary[] } {
  return { templates: templateSummaries() };
}
