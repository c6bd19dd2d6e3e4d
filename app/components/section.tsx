import { type ReactNode, useId } from "react";
import { Stack } from "./stack.tsx";

interface SectionProps {
  readonly title: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page under its own heading, which also names it. */
export function Section({ title, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Stack>
        <h2 id={id}>{title}</h2>
        {children}
      </Stack>
    </section>
  );
}
