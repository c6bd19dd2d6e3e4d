import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { CodeForm } from "#app/components/code-form.tsx";
import { titleOf } from "#app/components/page-title.tsx";
import { Shell } from "#app/components/shell.tsx";
import { Stack } from "#app/components/stack.tsx";
import { textAt } from "#app/components/typed.ts";
import { answerRead, answerWrite, appOf, keeping, nextOf, wayOn } from "#app/request.server.ts";
import { cookiesOf } from "#server/commands/enter.ts";
import { finishSignIn } from "#server/commands/finish-sign-in.ts";
import { readOwnStep } from "#server/queries/read-second-step.ts";

export function loader({ context, request }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const step = await readOwnStep(appOf(context), context.visitor);
    if (step?.kind !== "code") throw redirect("/sign-in");
    return { next: nextOf(request) };
  });
}

export function action({ context, request }: ActionFunctionArgs) {
  return answerWrite({ context, request }, async (readForm) => {
    const { app, fields } = await readForm();
    const entered = await finishSignIn(app, context.visitor, { code: textAt(fields, "code") });
    return redirect(wayOn(entered, nextOf(request, fields)), { headers: keeping(cookiesOf(app, entered)) });
  });
}

export function meta() {
  return titleOf("The code of your app");
}

export default function SignInCode() {
  const { next } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.refusal;
  return (
    <Shell>
      <Stack narrow>
        <CodeForm next={next} refusal={refusal} />
      </Stack>
    </Shell>
  );
}
