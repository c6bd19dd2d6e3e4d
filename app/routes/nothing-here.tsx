import type { LoaderFunctionArgs } from "@remix-run/node";
import { answerRead } from "#app/request.server.ts";
import { notFound } from "#server/refusal.ts";

export function loader({ context }: LoaderFunctionArgs) {
  return answerRead(context, () => Promise.reject(notFound()));
}

export default function NothingHere() {
  return null;
}
