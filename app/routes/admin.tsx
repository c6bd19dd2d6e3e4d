import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { actOnInstallation } from "#app/admin-acts.server.ts";
import { Backups } from "#app/components/backups.tsx";
import { ErrorSummary } from "#app/components/error-summary.tsx";
import { Notice } from "#app/components/notice.tsx";
import { OutboxSection } from "#app/components/outbox-section.tsx";
import { PageTitle, titleOf } from "#app/components/page-title.tsx";
import { PersonTable } from "#app/components/person-table.tsx";
import { SecondStepRule } from "#app/components/second-step-rule.tsx";
import { Section } from "#app/components/section.tsx";
import { Shell } from "#app/components/shell.tsx";
import { SignInHelp } from "#app/components/sign-in-help.tsx";
import { Stack } from "#app/components/stack.tsx";
import { answerRead, answerWrite, appOf, requireUser } from "#app/request.server.ts";
import { readBackups } from "#server/queries/read-backups.ts";
import { readSignInRules, readUsers } from "#server/queries/read-installation.ts";

export function loader({ context, request }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const user = requireUser(context, request);
    const app = appOf(context);
    return {
      user,
      ...(await readUsers(app, user)),
      ...(await readSignInRules(app, user)),
      ...(await readBackups(app, user)),
    };
  });
}

export function action({ context, request }: ActionFunctionArgs) {
  return answerWrite({ context, request }, async (readForm) => {
    const administrator = requireUser(context, request);
    const { app, fields, intent } = await readForm();
    return { ...(await actOnInstallation(intent, { app, administrator, fields })), refusal: undefined };
  });
}

export function meta() {
  return titleOf("Administration");
}

export default function Admin() {
  const { user, users, secondStep, isReachable, backups } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const refusal = answer?.refusal;
  const { sentence, mails } = answer && "mails" in answer ? answer : { sentence: null, mails: null };
  return (
    <Shell who={user.name} isAdministrator={user.isAdministrator}>
      <Stack gap="section">
        <PageTitle lead="Running the installation gives no right to read a panel.">Administration</PageTitle>
        <ErrorSummary refusal={refusal} />
        {sentence ? <Notice kind="notice">{sentence}</Notice> : null}
        <Section title="Help someone sign in">
          <SignInHelp people={users} refusal={refusal} />
        </Section>
        <Section title="Two-step sign-in">
          <SecondStepRule rule={secondStep} isReachable={isReachable} refusal={refusal} />
        </Section>
        <Section title="People">
          <PersonTable people={users} />
        </Section>
        <Section title="Backups">
          <Backups backups={backups} />
        </Section>
        <OutboxSection mails={mails} refusal={refusal} />
      </Stack>
    </Shell>
  );
}
