import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { titleOf } from "#app/components/page-title.tsx";
import { SetUpCodesPage } from "#app/components/set-up-codes-page.tsx";
import { Shell } from "#app/components/shell.tsx";
import { textAt } from "#app/components/typed.ts";
import { answerRead, answerWrite, appOf, keeping, nextOf } from "#app/request.server.ts";
import { cookiesOf } from "#server/commands/enter.ts";
import { setUpAtSignIn } from "#server/commands/finish-sign-in.ts";
import { readOwnStep } from "#server/queries/read-second-step.ts";

/** Redirects nowhere: once the set-up is done, this page shows what is shown only once. */
export function loader({ context, request }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const step = await readOwnStep(appOf(context), context.visitor);
    return { next: nextOf(request), offer: step?.kind === "set-up" ? step.offer : null };
  });
}

export function action({ context, request }: ActionFunctionArgs) {
  return answerWrite({ context, request }, async (readForm) => {
    const { app, fields } = await readForm();
    const input = { code: textAt(fields, "code") };
    const { entered, recoveryCodes } = await setUpAtSignIn(app, context.visitor, input);
    return data({ recoveryCodes, refusal: undefined }, { headers: keeping(cookiesOf(app, entered)) });
  });
}

export function meta() {
  return titleOf("Set up two-step sign-in");
}

export default function SignInTwoStep() {
  const { next, offer } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const recoveryCodes = answer && "recoveryCodes" in answer ? answer.recoveryCodes : null;
  return (
    <Shell>
      <SetUpCodesPage {...{ next, offer, recoveryCodes, refusal: answer?.refusal }} />
    </Shell>
  );
}
