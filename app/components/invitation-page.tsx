import { Form, Link } from "@remix-run/react";
import type { Role } from "#rubric/member.ts";
import type { Protocol } from "#rubric/protocol.ts";
import { Button } from "./button.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { NewPersonFields } from "./new-person-fields.tsx";
import { PageTitle } from "./page-title.tsx";
import { identityWords } from "./phase-words.ts";
import type { RefusalView } from "./refusal-view.ts";
import { roleSentence, watchSentences } from "./sight-words.ts";
import { Stack } from "./stack.tsx";

interface Invitation {
  readonly title: string;
  readonly question: string;
  readonly inviterName: string;
  readonly role: Role;
  readonly protocol: Protocol;
  readonly email: string;
}

interface InvitationPageProps {
  readonly token: string;
  readonly invitation: Invitation;
  /** The signed-in person's name. */
  readonly who: string | undefined;
  readonly refusal: RefusalView | undefined;
}

export function InvitationPage({ token, invitation, who, refusal }: InvitationPageProps) {
  const { title, question, inviterName, role, protocol } = invitation;
  return (
    <Stack gap="section" narrow>
      <PageTitle
        lead={
          <>
            <bdi>{inviterName}</bdi> invites you to the panel <bdi>{title}</bdi>.
          </>
        }
      >
        <bdi>{question}</bdi>
      </PageTitle>
      <p>{roleSentence(role)}</p>
      <section aria-labelledby="sight">
        <Stack gap="tight">
          <h2 id="sight">Who will see what</h2>
          <p>{identityWords(protocol.identity)}.</p>
          <ul>
            {watchSentences(protocol).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Stack>
      </section>
      <Acceptance {...{ token, invitation, who, refusal }} />
    </Stack>
  );
}

function Acceptance({ token, invitation, who, refusal }: InvitationPageProps) {
  return (
    <Form method="post" noValidate>
      <Stack>
        <ErrorSummary refusal={refusal} />
        {who === undefined ? (
          <>
            <p>
              You were invited as <bdi>{invitation.email}</bdi>. If you have an account here for that address,{" "}
              <Link to={`/sign-in?next=/invitations/${token}`}>sign in first</Link>: you come back to this page. If not,
              make one now.
            </p>
            <NewPersonFields refusal={refusal} />
          </>
        ) : (
          <p>
            You are signed in as <bdi>{who}</bdi>.
          </p>
        )}
        <div>
          <Button look="primary">Accept</Button>
        </div>
      </Stack>
    </Form>
  );
}
