import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { Button } from "#app/components/button.tsx";
import { CopyButton } from "#app/components/copy-button.tsx";
import { DataTable } from "#app/components/data-table.tsx";
import { ErrorSummary } from "#app/components/error-summary.tsx";
import { TextField } from "#app/components/field.tsx";
import { FormKey } from "#app/components/form-key.tsx";
import { Moment } from "#app/components/moment.tsx";
import { Notice } from "#app/components/notice.tsx";
import { PageTitle, titleOf } from "#app/components/page-title.tsx";
import { errorAt } from "#app/components/refusal-view.ts";
import { Section } from "#app/components/section.tsx";
import { Shell } from "#app/components/shell.tsx";
import { Stack } from "#app/components/stack.tsx";
import { textAt } from "#app/components/typed.ts";
import { answerRead, answerWrite, appOf, requireUser } from "#app/request.server.ts";
import { createToken, revokeToken } from "#server/commands/create-token.ts";
import { readSessions, readTokens } from "#server/queries/read-installation.ts";

export function loader({ context, request }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const user = requireUser(context, request);
    const app = appOf(context);
    const { tokens } = await readTokens(app, user);
    const { sessions } = context.identity ? await readSessions(app, user, context.identity) : { sessions: [] };
    return { user, tokens, sessions, formKey: app.newId() };
  });
}

export function action({ context, request }: ActionFunctionArgs) {
  return answerWrite({ context, request }, async (readForm) => {
    const user = requireUser(context, request);
    const { app, fields, intent } = await readForm();
    if (intent !== "revoke")
      return { made: await createToken(app, user, { name: textAt(fields, "name") }), refusal: undefined };
    await revokeToken(app, user, { tokenId: textAt(fields, "tokenId") });
    return { made: null, refusal: undefined };
  });
}

export function meta() {
  return titleOf("Profile");
}

export default function Profile() {
  const { user, tokens, sessions, formKey } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const made = answer && "made" in answer ? answer.made : null;
  return (
    <Shell who={user.name} isAdministrator={user.isAdministrator}>
      <Stack gap="section" narrow>
        <PageTitle lead={user.email}>
          <bdi>{user.name}</bdi>
        </PageTitle>
        <ErrorSummary refusal={answer?.refusal} />
        <Section title="Personal tokens">
          <p>A token lets a script act as you, for 90 days. It is shown once.</p>
          {made ? (
            <Notice kind="notice">
              <p>Copy it now: it is not shown again.</p>
              <p>
                <code>{made.token}</code> <CopyButton text={made.token}>Copy</CopyButton>
              </p>
            </Notice>
          ) : null}
          <Form method="post" noValidate key={answer?.refusal ? "typed" : formKey}>
            <Stack>
              <FormKey value={formKey} />
              <TextField name="name" label="What the token is for" required error={errorAt(answer?.refusal, "name")} />
              <div>
                <Button look="primary">Make a token</Button>
              </div>
            </Stack>
          </Form>
          {tokens.length === 0 ? null : <TokenTable tokens={tokens} />}
        </Section>
        <Section title="Where you are signed in">
          <ul>
            {sessions.map((session) => (
              <li key={session.createdAt}>
                Since <Moment at={session.createdAt} />
                {session.isThisOne ? ", this browser" : ""}
              </li>
            ))}
          </ul>
        </Section>
      </Stack>
    </Shell>
  );
}

function TokenTable({ tokens }: { tokens: readonly { tokenId: string; name: string; expiresAt: string }[] }) {
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
