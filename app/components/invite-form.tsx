import { Form } from "@remix-run/react";
import { roles } from "#rubric/member.ts";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { DataTable } from "./data-table.tsx";
import { splitEmails } from "./email-list.ts";
import { CheckField, Select, TextArea, TextField } from "./field.tsx";
import { FormKey } from "./form-key.tsx";
import { Moment } from "./moment.tsx";
import { Notice } from "./notice.tsx";
import { type RefusalView, typedAt } from "./refusal-view.ts";
import { Stack } from "./stack.tsx";

interface InviteFormProps {
  readonly formKey: string;
  readonly refusal: RefusalView | undefined;
  readonly isPrimary: boolean;
}

export function InviteForm({ formKey, refusal, isPrimary }: InviteFormProps) {
  const faults = emailFaults(refusal);
  return (
    <Form method="post" noValidate>
      <Stack narrow>
        <FormKey value={formKey} />
        <TextArea
          name="emails"
          label="E-mail addresses"
          hint="One or more, separated by spaces, commas or lines."
          rows={3}
          required
          defaultValue={typedAt(refusal, "emails")}
          error={faults === "" ? undefined : faults}
        />
        <Select
          name="role"
          label="Role"
          defaultValue={typedAt(refusal, "role", "reviewer")}
          options={["reviewer", ...roles.filter((role) => role !== "reviewer")].map((role) => ({
            value: role,
            label: role,
          }))}
        />
        <TextField
          name="group"
          label="Group (optional)"
          hint="Party, discipline or office."
          defaultValue={typedAt(refusal, "group")}
        />
        <CheckField
          name="scores"
          value="yes"
          label="A facilitator invited here also scores"
          hint="Reviewers always score, observers never."
          defaultChecked={typedAt(refusal, "scores") !== ""}
        />
        <div>
          <Button look={isPrimary ? "primary" : "secondary"} name="_intent" value="invite">
            Invite
          </Button>
        </div>
      </Stack>
    </Form>
  );
}

/** What is wrong with the list, address by address. */
function emailFaults(refusal: RefusalView | undefined): string {
  const emails = splitEmails(typedAt(refusal, "emails"));
  const faults = refusal?.errors.filter(({ path }) => path.startsWith("invitations")) ?? [];
  return faults
    .map(({ path, message }) => {
      const email = emails[Number(path.split(".")[1])];
      return email === undefined ? message : `${email}: ${message}`;
    })
    .join(" ");
}

/** The links of people just invited; they are shown once. */
export function InvitationLinks({ invited }: { invited: readonly { email: string; url: string }[] }) {
  if (invited.length === 0) return null;
  return (
    <Notice kind="notice">
      <p>Invited. Each link works once, for seven days. Without mail, copy them now:</p>
      <ul>
        {invited.map(({ email, url }) => (
          <li key={url}>
            {email}: <code>{url}</code> <CopyButton text={url}>Copy</CopyButton>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

interface Waiting {
  readonly invitationId: string;
  readonly email: string;
  readonly role: string;
  readonly expiresAt: string;
  readonly hasExpired: boolean;
}

export function OpenInvitations({ invitations }: { invitations: readonly Waiting[] }) {
  if (invitations.length === 0) return <p>No invitation is waiting for an answer.</p>;
  return (
    <DataTable caption="Invitations without answer">
      <thead>
        <tr>
          <th scope="col">E-mail</th>
          <th scope="col">Role</th>
          <th scope="col">Valid until</th>
          <th scope="col">Take back</th>
        </tr>
      </thead>
      <tbody>
        {invitations.map((one) => (
          <tr key={one.invitationId}>
            <th scope="row">{one.email}</th>
            <td>{one.role}</td>
            <td>
              <Moment at={one.expiresAt} />
              {one.hasExpired ? ", expired" : ""}
            </td>
            <td>
              <Form method="post">
                <input type="hidden" name="invitationId" value={one.invitationId} />
                <Button name="_intent" value="revoke" aria-label={`Take back the invitation of ${one.email}`}>
                  Take back
                </Button>
              </Form>
            </td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
