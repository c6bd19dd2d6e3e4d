import { Form } from "@remix-run/react";
import { Button } from "./button.tsx";
import { DataTable } from "./data-table.tsx";
import { TextField } from "./field.tsx";
import { Moment } from "./moment.tsx";
import { errorAt, type RefusalView } from "./refusal-view.ts";
import { Section } from "./section.tsx";
import { Stack } from "./stack.tsx";

interface Mail {
  readonly mailId: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly createdAt: string;
  readonly sentAt: string | null;
}

/** Mail and its links, some of which sign people in: shown after the password, and gone with the page. */
export function OutboxSection({ mails, refusal }: { mails: readonly Mail[] | null; refusal: RefusalView | undefined }) {
  return (
    <Section title="Outbox">{mails === null ? <AskPassword refusal={refusal} /> : <Mails mails={mails} />}</Section>
  );
}

function AskPassword({ refusal }: { refusal: RefusalView | undefined }) {
  return (
    <Form method="post" noValidate>
      <Stack narrow>
        <p>Invitations and links to set a password; without a mail server, copy them from here. Links let people in.</p>
        <TextField
          name="outboxPassword"
          label="Your password, to open the outbox"
          type="password"
          autoComplete="current-password"
          required
          error={errorAt(refusal, "outboxPassword")}
        />
        <div>
          <Button name="_intent" value="outbox">
            Open the outbox
          </Button>
        </div>
      </Stack>
    </Form>
  );
}

function Mails({ mails }: { mails: readonly Mail[] }) {
  if (mails.length === 0) return <p>No mail yet. Invitations appear here.</p>;
  return (
    <DataTable caption="Mail, newest first" hidesCaption>
      <thead>
        <tr>
          <th scope="col">To</th>
          <th scope="col">Written</th>
          <th scope="col">Sent</th>
          <th scope="col">Mail</th>
        </tr>
      </thead>
      <tbody>
        {mails.map((mail) => (
          <tr key={mail.mailId}>
            <th scope="row">{mail.recipient}</th>
            <td>
              <Moment at={mail.createdAt} />
            </td>
            <td>{mail.sentAt === null ? "Waits here" : <Moment at={mail.sentAt} />}</td>
            <td>
              <details>
                <summary>
                  <bdi>{mail.subject}</bdi>
                </summary>
                <pre>{mail.body}</pre>
              </details>
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
