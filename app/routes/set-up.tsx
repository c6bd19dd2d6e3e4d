import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { FirstAdministratorForm } from "#app/components/first-administrator-form.tsx";
import { titleOf } from "#app/components/page-title.tsx";
import { Shell } from "#app/components/shell.tsx";
import { Stack } from "#app/components/stack.tsx";
import { answerRead, answerWrite, appOf, keeping } from "#app/request.server.ts";
import { createFirstAdministrator } from "#server/commands/create-first-administrator.ts";
import { cookiesOf } from "#server/commands/enter.ts";
import { readInstallation } from "#server/queries/read-installation.ts";
import { notFound } from "#server/refusal.ts";

export function loader({ context, request }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const { needsSetUp } = await readInstallation(appOf(context));
    if (!needsSetUp) throw notFound();
    return { setupToken: new URL(request.url).searchParams.get("token") ?? "" };
  });
}

export function action({ context, request }: ActionFunctionArgs) {
  return answerWrite({ context, request }, async (readForm) => {
    const { app, fields } = await readForm();
    const entered = await createFirstAdministrator(app, context.visitor, fields);
    return redirect("/panels", { headers: keeping(cookiesOf(app, entered)) });
  });
}

export function meta() {
  return titleOf("Create the first administrator");
}

export default function SetUp() {
  const { setupToken } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.refusal;
  return (
    <Shell>
      <Stack narrow>
        <FirstAdministratorForm setupToken={setupToken} refusal={refusal} />
      </Stack>
    </Shell>
  );
}
