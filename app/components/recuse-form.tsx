import { Form } from "@remix-run/react";
import { Button } from "./button.tsx";
import { TextArea } from "./field.tsx";
import { FormKey } from "./form-key.tsx";
import styles from "./recuse-form.module.css";
import { Stack } from "./stack.tsx";

interface RecuseFormProps {
  readonly policyId: string;
  readonly cell: string;
  readonly formKey: string;
  /** Who will read the reason. */
  readonly readers: string;
  readonly error?: string | undefined;
}

/** Steps aside from a policy: each of its cells becomes recused, with a reason. */
export function RecuseForm({ policyId, cell, formKey, readers, error }: RecuseFormProps) {
  return (
    <details className={styles.recuse} open={error !== undefined}>
      <summary>Recuse from {policyId}</summary>
      <Form method="post">
        <FormKey value={`${formKey}-recuse`} />
        <input type="hidden" name="cell" value={cell} />
        <input type="hidden" name="policyId" value={policyId} />
        <Stack>
          <p>
            For a conflict of interest. It takes all cells of {policyId} off your list, and until the round is closed
            you see nothing of this policy. You can change it until you submit.
          </p>
          <TextArea name="reason" label="Your reason" hint={readers} error={error} rows={2} maxLength={1000} required />
          <div>
            <Button name="_intent" value="recuse">
              Recuse from {policyId}
            </Button>
          </div>
        </Stack>
      </Form>
    </details>
  );
}
