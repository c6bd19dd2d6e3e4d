import { Form } from "@remix-run/react";
import { Button } from "./button.tsx";
import { Stack } from "./stack.tsx";

interface DemonstrationEntriesProps {
  readonly people: readonly { readonly userId: string; readonly name: string; readonly role: string }[];
  readonly next: string;
}

/** One button for each invented person of the demonstration panel. */
export function DemonstrationEntries({ people, next }: DemonstrationEntriesProps) {
  return (
    <section aria-labelledby="demonstration">
      <Stack>
        <h2 id="demonstration">Look around first</h2>
        <p>The demonstration panel is invented, with its people. Enter as any of them; no password is needed here.</p>
        <Form method="post">
          <input type="hidden" name="_intent" value="demonstration" />
          <input type="hidden" name="next" value={next} />
          <Stack gap="tight">
            {people.map(({ userId, name, role }) => (
              <div key={userId}>
                <Button name="userId" value={userId}>
                  Enter as <bdi>{name}</bdi>, {role}
                </Button>
              </div>
            ))}
          </Stack>
        </Form>
      </Stack>
    </section>
  );
}
