import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { titleOf } from "#app/components/page-title.tsx";
import { ResetPasswordForm } from "#app/components/reset-password-form.tsx";
import { Shell } from "#app/components/shell.tsx";
import { Stack } from "#app/components/stack.tsx";
import { answerRead, answerWrite, appOf } from "#app/request.server.ts";
import { readReset, resetPassword } from "#server/commands/reset-password.ts";

/** Looking uses nothing up: mail programs open links before people do. */
export function loader({ context, params }: LoaderFunctionArgs) {
  return answerRead(context, () => readReset(appOf(context), params.token ?? ""));
}

export function action({ context, request, params }: ActionFunctionArgs) {
  return answerWrite({ context, request }, async (readForm) => {
    const { app, fields } = await readForm();
    await resetPassword(app, params.token ?? "", fields);
    const headers = { "Set-Cookie": app.accounts.blankCookie() };
    return redirect("/sign-in?done=reset", { headers });
  });
}

export function meta() {
  return titleOf("New password");
}

export default function ResetPassword() {
  const { email } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.refusal;
  return (
    <Shell>
      <Stack narrow>
        <ResetPasswordForm email={email} refusal={refusal} />
      </Stack>
    </Shell>
  );
}
