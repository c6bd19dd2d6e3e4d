import { agreementForms } from "./agreement-forms.ts";
import { cellForms } from "./cell-forms.ts";
import type { Form } from "./form.ts";
import { groupForms } from "./group-forms.ts";
import { panelForms } from "./panel-forms.ts";
import { robustnessForms } from "./robustness-forms.ts";
import { roundsForms } from "./rounds-forms.ts";

/** Every way to ask for a measure. Where several fit an input, the first is meant. */
export const forms: readonly Form[] = [
  ...cellForms,
  ...agreementForms,
  ...panelForms,
  ...roundsForms,
  ...robustnessForms,
  ...groupForms,
];
