import { Form } from "@remix-run/react";
import { Button } from "./button.tsx";
import { DataTable } from "./data-table.tsx";
import { Moment } from "./moment.tsx";
import { ButtonRow } from "./stack.tsx";

interface Session {
  readonly sessionId: string;
  readonly browser: string;
  readonly createdAt: string;
  readonly isThisOne: boolean;
}

/** Everywhere a person is signed in, with the means to end it. */
export function SessionList({ sessions }: { sessions: readonly Session[] }) {
  const hasOthers = sessions.some(({ isThisOne }) => !isThisOne);
  return (
    <>
      <DataTable caption="Your sessions" hidesCaption>
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col">Signed in</th>
            <th scope="col">End</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <SessionRow key={session.sessionId} session={session} />
          ))}
        </tbody>
      </DataTable>
      <Form method="post">
        <ButtonRow>
          {hasOthers ? (
            <Button name="_intent" value="end-others">
              End all others
            </Button>
          ) : null}
          <Button name="_intent" value="end-all">
            Sign out everywhere
          </Button>
        </ButtonRow>
      </Form>
    </>
  );
}

function SessionRow({ session }: { session: Session }) {
  const where = session.browser === "" ? "A program" : session.browser;
  return (
    <tr>
      <th scope="row">{where}</th>
      <td>
        <Moment at={session.createdAt} />
      </td>
      <td>
        {session.isThisOne ? (
          "You are here"
        ) : (
          <Form method="post">
            <input type="hidden" name="sessionId" value={session.sessionId} />
            <Button name="_intent" value="end" aria-label={`End the session in ${where}`}>
              End
            </Button>
          </Form>
        )}
      </td>
    </tr>
  );
}
