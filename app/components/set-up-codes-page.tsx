import { Form, Link } from "@remix-run/react";
import { Button, ButtonLink } from "./button.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { PageTitle } from "./page-title.tsx";
import type { RefusalView } from "./refusal-view.ts";
import { NewRecoveryCodes } from "./second-step-section.tsx";
import { type Offer, SecretOffer } from "./secret-offer.tsx";
import { Stack } from "./stack.tsx";

interface SetUpCodesPageProps {
  readonly next: string;
  /** `null` once it is done, or when it took too long. */
  readonly offer: Offer | null;
  readonly recoveryCodes: readonly string[] | null;
  readonly refusal: RefusalView | undefined;
}

/** For whoever must sign in in two steps and has not set it up: before anything else. */
export function SetUpCodesPage({ next, offer, recoveryCodes, refusal }: SetUpCodesPageProps) {
  if (recoveryCodes) {
    return (
      <Stack narrow>
        <PageTitle lead="You are signed in.">Two-step sign-in is on</PageTitle>
        <NewRecoveryCodes codes={recoveryCodes} />
        <div>
          <ButtonLink look="primary" to={next}>
            I have kept them, go on
          </ButtonLink>
        </div>
      </Stack>
    );
  }
  return (
    <Stack narrow>
      <PageTitle lead="This installation asks for a code from an app on your phone after your password. It takes a minute.">
        Set up two-step sign-in
      </PageTitle>
      <ErrorSummary refusal={refusal} />
      {offer ? <OfferForm {...{ next, offer, refusal }} /> : <TooLate />}
    </Stack>
  );
}

function OfferForm({ next, offer, refusal }: { next: string; offer: Offer; refusal: RefusalView | undefined }) {
  return (
    <Form method="post" noValidate>
      <Stack>
        <input type="hidden" name="next" value={next} />
        <SecretOffer offer={offer} refusal={refusal} />
        <div>
          <Button look="primary">Turn two-step sign-in on</Button>
        </div>
      </Stack>
    </Form>
  );
}

function TooLate() {
  return (
    <p>
      This took too long, or was done already. <Link to="/sign-in">Sign in again</Link>
    </p>
  );
}
