import { type FormEvent, useEffect, useRef, useState } from "react";
import type { SignInFields } from "#app/hooks/session.ts";
import { Button } from "./button.tsx";
import dialog from "./dialog.module.css";
import { TextField } from "./field.tsx";
import { ButtonRow, Stack } from "./stack.tsx";

interface SignInDialogProps {
  readonly isOpen: boolean;
  /** Signs in; answers why it did not work, or `null`. */
  readonly signIn: (fields: SignInFields) => Promise<string | null>;
  /** Someone signed in another way, in another tab: answers why that does not help, or `null`. */
  readonly check: () => Promise<string | null>;
  readonly onSignedIn: () => void;
}

/** Signing in again over the page, so that what was typed stays where it is. */
export function SignInDialog({ isOpen, signIn, check, onSignedIn }: SignInDialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    if (isOpen) box.current?.showModal();
    else box.current?.close();
  }, [isOpen]);
  const settle = async (attempt: Promise<string | null>) => {
    const why = await attempt;
    setTrouble(why);
    if (why === null) onSignedIn();
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const typed = (name: string) => String(fields.get(name) ?? "");
    void settle(signIn({ email: typed("email"), password: typed("password"), code: typed("code").trim() }));
  };
  return (
    <dialog ref={box} className={dialog.dialog} aria-labelledby="sign-in-again">
      <form method="post" action="/sign-in" onSubmit={onSubmit}>
        <Stack>
          <h2 id="sign-in-again">Sign in again</h2>
          <p>Your session is over. What you typed is still here and is saved as soon as you have signed in.</p>
          <p role="alert" className={dialog.trouble}>
            {trouble}
          </p>
          <TextField name="email" label="E-mail" type="email" autoComplete="username" required />
          <TextField name="password" label="Password" type="password" autoComplete="current-password" required />
          <TextField
            name="code"
            label="Code of your app"
            hint="Only if you use two-step sign-in."
            autoComplete="one-time-code"
          />
          <ButtonRow>
            <Button look="primary">Sign in and save</Button>
          </ButtonRow>
          <p>
            Or{" "}
            <a href="/sign-in" target="_blank" rel="noreferrer">
              sign in in another tab
            </a>
            , then come back.
          </p>
          <ButtonRow>
            <Button type="button" onClick={() => void settle(check())}>
              I have signed in
            </Button>
          </ButtonRow>
        </Stack>
      </form>
    </dialog>
  );
}
