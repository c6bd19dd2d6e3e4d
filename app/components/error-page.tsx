import { Link, useLocation } from "@remix-run/react";
import { type HeldForm, HeldFormAgain } from "./held-form.tsx";
import { PageTitle } from "./page-title.tsx";
import { Shell } from "./shell.tsx";
import { Stack } from "./stack.tsx";

interface ErrorPageProps {
  readonly status: number;
  /** What was refused and why, if the server said so. */
  readonly sentence: string;
  readonly requestId: string;
  readonly held?: HeldForm | null;
}

/** One page for everything that cannot be shown. What does not exist and what is somebody else's look the same. */
export function ErrorPage({ status, sentence, requestId, held }: ErrorPageProps) {
  const words = wordsFor(status, sentence);
  const here = useLocation();
  return (
    <Shell>
      <Stack>
        <PageTitle>{words.title}</PageTitle>
        <p>{words.body}</p>
        {held ? <HeldFormAgain {...held} /> : null}
        {status === 503 && !held ? (
          <p>
            <Link to={here} reloadDocument>
              Try again
            </Link>
          </p>
        ) : null}
        <p>
          <Link to="/panels">Go to your panels</Link>
        </p>
        {requestId === "" ? null : <p>Request {requestId}. Name it when you ask for help.</p>}
      </Stack>
    </Shell>
  );
}

function wordsFor(status: number, sentence: string): { title: string; body: string } {
  if (status === 404) {
    return {
      title: "Nothing here",
      body: "There is nothing at this address, or it is not yours to see. Check the address, or ask who sent it to you.",
    };
  }
  if (status === 403) return { title: "Not open to you", body: sentence || "You may not do this here." };
  if (status === 503 && sentence !== "") return { title: "Not at the moment", body: sentence };
  if (status < 500)
    return {
      title: "This could not be done",
      body: sentence || "The request was not understood. Nothing was changed.",
    };
  return {
    title: "Something broke on our side",
    body: "The page could not be made. What you had saved is kept. Try again in a moment.",
  };
}
