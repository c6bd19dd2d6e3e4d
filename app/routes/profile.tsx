import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ChangePasswordForm } from "#app/components/change-password-form.tsx";
import { ErrorSummary } from "#app/components/error-summary.tsx";
import { Notice } from "#app/components/notice.tsx";
import { PageTitle, titleOf } from "#app/components/page-title.tsx";
import { SecondStepSection } from "#app/components/second-step-section.tsx";
import { Section } from "#app/components/section.tsx";
import { SessionList } from "#app/components/session-list.tsx";
import { Shell } from "#app/components/shell.tsx";
import { Stack } from "#app/components/stack.tsx";
import { TokenSection } from "#app/components/token-section.tsx";
import { actOnProfile } from "#app/profile-acts.server.ts";
import { answerRead, answerWrite, appOf, keeping, requireIdentity } from "#app/request.server.ts";
import { readSessions, readTokens } from "#server/queries/read-installation.ts";
import { readSecondStep } from "#server/queries/read-second-step.ts";

export function loader({ context, request }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const identity = requireIdentity(context, request);
    const { user } = identity;
    const app = appOf(context);
    return {
      user,
      ...(await readTokens(app, user)),
      ...(await readSessions(app, user, identity)),
      step: await readSecondStep(app, user),
      formKey: app.newId(),
      done: new URL(request.url).searchParams.get("done") ?? "",
    };
  });
}

export function action({ context, request }: ActionFunctionArgs) {
  return answerWrite({ context, request }, async (readForm) => {
    const identity = requireIdentity(context, request);
    const { app, fields, intent } = await readForm();
    const { to, cookies, ...shown } = await actOnProfile(intent, { app, identity, visitor: context.visitor, fields });
    const headers = keeping(cookies);
    if (shown.token === null && shown.recoveryCodes === null) return redirect(to, { headers });
    return data({ ...shown, refusal: undefined }, { headers });
  });
}

export function meta() {
  return titleOf("Profile");
}

export default function Profile() {
  const { user, tokens, sessions, step, formKey, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const refusal = answer?.refusal;
  const made = answer && "token" in answer ? answer : { token: null, recoveryCodes: null };
  return (
    <Shell who={user.name} isAdministrator={user.isAdministrator}>
      <Stack gap="section" narrow>
        <PageTitle lead={user.email}>
          <bdi>{user.name}</bdi>
        </PageTitle>
        <ErrorSummary refusal={refusal} />
        {answer || !Object.hasOwn(doneWords, done) ? null : <Notice kind="notice">{doneWords[done]}</Notice>}
        <Section title="Password">
          <ChangePasswordForm key={formKey} refusal={refusal} isPrimary={step.kind !== "offered"} />
        </Section>
        <SecondStepSection step={step} recoveryCodes={made.recoveryCodes} refusal={refusal} />
        <Section title="Where you are signed in">
          <SessionList sessions={sessions} />
        </Section>
        <TokenSection tokens={tokens} made={made.token} formKey={formKey} refusal={refusal} />
      </Stack>
    </Shell>
  );
}

const doneWords: Readonly<Record<string, string>> = {
  password: "The password is changed. You are signed in here and nowhere else; your personal tokens still work.",
  removed: "Two-step sign-in is off. You are signed in here and nowhere else.",
  ended: "You are signed in here and nowhere else.",
};
