import { Form } from "@remix-run/react";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { DataTable } from "./data-table.tsx";
import { TextField } from "./field.tsx";
import { FormKey } from "./form-key.tsx";
import { Moment } from "./moment.tsx";
import { Notice } from "./notice.tsx";
import { errorAt, type RefusalView } from "./refusal-view.ts";
import { Section } from "./section.tsx";
import { Stack } from "./stack.tsx";

interface Token {
  readonly tokenId: string;
  readonly name: string;
  readonly expiresAt: string;
}

interface TokenSectionProps {
  readonly tokens: readonly Token[];
  /** Just made, and shown this once. */
  readonly made: string | null;
  readonly formKey: string;
  readonly refusal: RefusalView | undefined;
}

export function TokenSection({ tokens, made, formKey, refusal }: TokenSectionProps) {
  return (
    <Section title="Personal tokens">
      <p>A token lets a script act as you, for 90 days. It is shown once.</p>
      {made ? (
        <Notice kind="notice">
          <p>Copy it now: it is not shown again.</p>
          <p>
            <code>{made}</code> <CopyButton text={made}>Copy</CopyButton>
          </p>
        </Notice>
      ) : null}
      <Form method="post" noValidate key={refusal ? "typed" : formKey}>
        <Stack>
          <FormKey value={formKey} />
          <TextField name="name" label="What the token is for" required error={errorAt(refusal, "name")} />
          <div>
            <Button name="_intent" value="token">
              Make a token
            </Button>
          </div>
        </Stack>
      </Form>
      {tokens.length === 0 ? null : <TokenTable tokens={tokens} />}
    </Section>
  );
}

function TokenTable({ tokens }: { tokens: readonly Token[] }) {
  return (
    <DataTable caption="Your tokens">
      <thead>
        <tr>
          <th scope="col">For</th>
          <th scope="col">Ends</th>
          <th scope="col">Revoke</th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <tr key={token.tokenId}>
            <th scope="row">
              <bdi>{token.name}</bdi>
            </th>
            <td>
              <Moment at={token.expiresAt} />
            </td>
            <td>
              <Form method="post">
                <input type="hidden" name="tokenId" value={token.tokenId} />
                <Button name="_intent" value="revoke" aria-label={`Revoke the token for ${token.name}`}>
                  Revoke
                </Button>
              </Form>
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
