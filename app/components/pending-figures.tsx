import { useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { Stack } from "./stack.tsx";

const lookAgainMs = 2000;

/** Figures that are being computed: how far they are, and a look again until they are there. */
export function PendingFigures({ pending }: { pending: { readonly done: number; readonly of: number } }) {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    const timer = setInterval(revalidate, lookAgainMs);
    return () => clearInterval(timer);
  }, [revalidate]);
  return (
    <section>
      <Stack gap="tight" narrow>
        <h2>Does the order of the policies hold?</h2>
        <p role="status">
          These figures are being computed: {pending.done} of {pending.of} steps are done. The page looks again by
          itself; without scripts, load it again in a moment.
        </p>
      </Stack>
    </section>
  );
}
