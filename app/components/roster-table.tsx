import { Form } from "@remix-run/react";
import type { PanelView, RosterView } from "#rubric/views.ts";
import { Button } from "./button.tsx";
import { DataTable } from "./data-table.tsx";
import { Select, TextField } from "./field.tsx";
import { Moment } from "./moment.tsx";
import { errorAt, type RefusalView, typedAt } from "./refusal-view.ts";
import { reviewWords } from "./sight-words.ts";
import { Stack } from "./stack.tsx";

interface RosterProps {
  readonly panel: Pick<PanelView, "members" | "memberId" | "protocol" | "phase">;
  readonly roster: RosterView;
}

/** Who is in the panel and, where the protocol lets a facilitator know it, how far each is. */
export function RosterTable({ panel, roster }: RosterProps) {
  const entries = new Map(roster.entries.map((entry) => [entry.memberId, entry]));
  return (
    <>
      {panel.protocol.identity === "anonymous" ? (
        <p>This panel is anonymous: nobody learns who has submitted, only how many.</p>
      ) : null}
      <DataTable caption="Members" hidesCaption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">E-mail</th>
            <th scope="col">Role</th>
            <th scope="col">This round</th>
            <th scope="col">Remove</th>
          </tr>
        </thead>
        <tbody>
          {panel.members.map((member) => (
            <tr key={member.memberId}>
              <th scope="row">
                <bdi>{member.name}</bdi>
              </th>
              <td>{member.email}</td>
              <td>{member.role}</td>
              <td>
                <Standing entry={entries.get(member.memberId)} isRosterShown={roster.entries.length > 0} />
              </td>
              <td>{member.memberId === panel.memberId ? "You" : <RemoveForm member={member} />}</td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </>
  );
}

function Standing({
  entry,
  isRosterShown,
}: {
  entry: RosterView["entries"][number] | undefined;
  isRosterShown: boolean;
}) {
  if (!entry) return <>{isRosterShown ? "Does not score" : "Not shown"}</>;
  if (entry.submittedAt !== null) {
    return (
      <>
        Submitted <Moment at={entry.submittedAt} />
      </>
    );
  }
  const cells =
    entry.state === "drafting" && entry.complete !== null ? `, ${entry.complete} of ${entry.cells} cells` : "";
  return <>{reviewWords(entry.state) + cells}</>;
}

/** Removing asks once more, without a script. */
function RemoveForm({ member }: { member: { memberId: string; name: string } }) {
  return (
    <details>
      <summary aria-label={`Remove ${member.name}`}>Remove</summary>
      <Form method="post">
        <Stack gap="tight">
          <p>Access ends at once. Submitted scores stay and count; drafts go.</p>
          <input type="hidden" name="memberId" value={member.memberId} />
          <Button look="danger" name="_intent" value="remove">
            Remove <bdi>{member.name}</bdi>
          </Button>
        </Stack>
      </Form>
    </details>
  );
}

/** Opens a submission again while the round is scoring. */
export function ReopenForm({ panel, roster, refusal }: RosterProps & { refusal: RefusalView | undefined }) {
  const submitted = roster.entries.filter((entry) => entry.state === "submitted");
  if (panel.phase !== "scoring" || submitted.length === 0) return null;
  return (
    <details open={refusal !== undefined}>
      <summary>Reopen a submission</summary>
      <Form method="post" noValidate>
        <Stack narrow>
          <p>The scores leave the figures until they are submitted again, and the board closes for their author.</p>
          <Select
            name="memberId"
            label="Whose"
            options={submitted.map((entry) => ({ value: entry.memberId, label: entry.name }))}
          />
          <TextField
            name="reopenReason"
            label="Reason"
            hint="Logged; every member can read it."
            required
            defaultValue={typedAt(refusal, "reopenReason")}
            error={errorAt(refusal, "reason")}
          />
          <div>
            <Button name="_intent" value="reopen">
              Reopen
            </Button>
          </div>
        </Stack>
      </Form>
    </details>
  );
}
