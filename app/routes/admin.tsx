import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { Backups } from "#app/components/backups.tsx";
import { Button } from "#app/components/button.tsx";
import { DataTable } from "#app/components/data-table.tsx";
import { ErrorSummary } from "#app/components/error-summary.tsx";
import { Select, TextField } from "#app/components/field.tsx";
import { Moment } from "#app/components/moment.tsx";
import { Notice } from "#app/components/notice.tsx";
import { PageTitle, titleOf } from "#app/components/page-title.tsx";
import { errorAt } from "#app/components/refusal-view.ts";
import { Section } from "#app/components/section.tsx";
import { Shell } from "#app/components/shell.tsx";
import { Stack } from "#app/components/stack.tsx";
import { textAt } from "#app/components/typed.ts";
import { answerRead, answerWrite, appOf, requireUser } from "#app/request.server.ts";
import { setPassword } from "#server/commands/set-password.ts";
import { readBackups } from "#server/queries/read-backups.ts";
import { readOutbox, readUsers } from "#server/queries/read-installation.ts";

export function loader({ context, request }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const user = requireUser(context, request);
    const app = appOf(context);
    return {
      user,
      ...(await readUsers(app, user)),
      ...(await readOutbox(app, user)),
      ...(await readBackups(app, user)),
    };
  });
}

export function action({ context, request }: ActionFunctionArgs) {
  return answerWrite({ context, request }, async (readForm) => {
    const user = requireUser(context, request);
    const { app, fields } = await readForm();
    await setPassword(app, user, { userId: textAt(fields, "userId"), password: textAt(fields, "password") });
    return { isDone: true, refusal: undefined };
  });
}

export function meta() {
  return titleOf("Administration");
}

export default function Admin() {
  const { user, users, mails, backups } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <Shell who={user.name} isAdministrator={user.isAdministrator}>
      <Stack gap="section">
        <PageTitle lead="Running the installation gives no right to read a panel.">Administration</PageTitle>
        <ErrorSummary refusal={answer?.refusal} />
        {answer && "isDone" in answer ? (
          <Notice kind="notice">The password is set, and that person's sessions have ended.</Notice>
        ) : null}
        <Section title="Give someone a password">
          <Form method="post" noValidate>
            <Stack narrow>
              <Select
                name="userId"
                label="Person"
                options={users.map((one) => ({ value: one.userId, label: `${one.name} (${one.email})` }))}
              />
              <TextField
                name="password"
                type="password"
                label="New password"
                hint="At least 15 characters; a sentence works well."
                autoComplete="new-password"
                required
                error={errorAt(answer?.refusal, "password")}
              />
              <div>
                <Button look="primary">Set the password</Button>
              </div>
            </Stack>
          </Form>
        </Section>
        <Section title="People">
          <PeopleTable people={users} />
        </Section>
        <Section title="Backups">
          <Backups backups={backups} />
        </Section>
        <Section title="Outbox">
          {mails.length === 0 ? (
            <p>No mail yet. Invitations appear here; without a mail server, copy their links from here.</p>
          ) : (
            <OutboxTable mails={mails} />
          )}
        </Section>
      </Stack>
    </Shell>
  );
}

interface Person {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly isAdministrator: boolean;
  readonly hasPassword: boolean;
  readonly createdAt: string;
}

function PeopleTable({ people }: { people: readonly Person[] }) {
  return (
    <DataTable caption="People with an account" hidesCaption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">E-mail</th>
          <th scope="col">Since</th>
          <th scope="col">Account</th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <tr key={person.userId}>
            <th scope="row">
              <bdi>{person.name}</bdi>
            </th>
            <td>{person.email}</td>
            <td>
              <Moment at={person.createdAt} />
            </td>
            <td>
              {person.isAdministrator ? "Administrator, " : ""}
              {person.hasPassword ? "has a password" : "no password yet"}
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

interface Mail {
  readonly mailId: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly createdAt: string;
  readonly sentAt: string | null;
}

function OutboxTable({ mails }: { mails: readonly Mail[] }) {
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
