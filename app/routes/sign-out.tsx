import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { answerRead, appOf } from "#app/request.server.ts";
import { signOut } from "#server/commands/sign-out.ts";
import { notFound } from "#server/refusal.ts";

export async function action({ context }: ActionFunctionArgs) {
  const app = appOf(context);
  if (context.identity) await signOut(app, context.identity);
  return redirect("/sign-in", {
    headers: { "Set-Cookie": app.accounts.blankCookie(), "Clear-Site-Data": '"storage"' },
  });
}

/** Nothing changes by opening an address, so there is no page here. */
export function loader({ context }: LoaderFunctionArgs) {
  return answerRead(context, () => Promise.reject(notFound()));
}
