import type { ActionFunctionArgs } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { titleOf } from "#app/components/page-title.tsx";
import { ResetRequestPage } from "#app/components/reset-request-page.tsx";
import { Shell } from "#app/components/shell.tsx";
import { answerWrite } from "#app/request.server.ts";
import { requestReset } from "#server/commands/send-reset.ts";

export function action({ context, request }: ActionFunctionArgs) {
  return answerWrite({ context, request }, async (readForm) => {
    const { app, fields } = await readForm();
    await requestReset(app, context.visitor, fields);
    return { isAsked: true, refusal: undefined };
  });
}

export function meta() {
  return titleOf("Forgotten password");
}

export default function Reset() {
  const answer = useActionData<typeof action>();
  const isAsked = answer !== undefined && "isAsked" in answer;
  return (
    <Shell>
      <ResetRequestPage isAsked={isAsked} refusal={answer?.refusal} />
    </Shell>
  );
}
