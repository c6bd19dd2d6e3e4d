import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { DemonstrationEntries } from "#app/components/demonstration-entries.tsx";
import { Notice } from "#app/components/notice.tsx";
import { titleOf } from "#app/components/page-title.tsx";
import { Shell } from "#app/components/shell.tsx";
import { SignInForm } from "#app/components/sign-in-form.tsx";
import { Stack } from "#app/components/stack.tsx";
import { textAt } from "#app/components/typed.ts";
import { answerRead, answerWrite, appOf, type Form, keeping, nextOf, wayOn } from "#app/request.server.ts";
import type { Visitor } from "#server/auth/visitor.ts";
import { cookiesOf } from "#server/commands/enter.ts";
import { beginSignIn, signInToDemonstration } from "#server/commands/sign-in.ts";
import { readInstallation } from "#server/queries/read-installation.ts";

export function loader({ context, request }: LoaderFunctionArgs) {
  return answerRead(context, async () => {
    const next = nextOf(request);
    if (context.identity) throw redirect(next);
    const isReset = new URL(request.url).searchParams.get("done") === "reset";
    return { next, isReset, ...(await readInstallation(appOf(context))) };
  });
}

export function action({ context, request }: ActionFunctionArgs) {
  return answerWrite({ context, request }, async (readForm) => {
    const form = await readForm();
    const entry = await begin(form, context.visitor);
    const headers = keeping(cookiesOf(appOf(context), entry));
    return redirect(wayOn(entry, nextOf(request, form.fields)), { headers });
  });
}

function begin({ app, fields, intent }: Form, visitor: Visitor) {
  const { next: _, ...input } = fields;
  return intent === "demonstration"
    ? signInToDemonstration(app, visitor, { userId: textAt(fields, "userId") })
    : beginSignIn(app, visitor, input);
}

export function meta() {
  return titleOf("Sign in");
}

export default function SignIn() {
  const { next, isReset, needsSetUp, demonstrationPeople } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.refusal;
  return (
    <Shell>
      <Stack gap="section" narrow>
        {isReset && !refusal ? <Notice kind="notice">Your new password is set. Sign in with it.</Notice> : null}
        <SignInForm next={next} refusal={refusal} />
        {demonstrationPeople.length > 0 ? <DemonstrationEntries people={demonstrationPeople} next={next} /> : null}
        {needsSetUp ? (
          <Notice>
            <p>This installation has no administrator yet. Open the set-up link that was printed when it started.</p>
          </Notice>
        ) : null}
      </Stack>
    </Shell>
  );
}
