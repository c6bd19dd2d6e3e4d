import type { User } from "#rubric/member.ts";
import type { Application } from "../application.ts";

/** Tells somebody by mail what was done to their account, in case it was not they who did it. */
export function tellOwner(app: Application, { email, name }: Pick<User, "email" | "name">, what: string): void {
  const body = [
    `${name},`,
    `${what} at ${app.publicUrl}.`,
    "If it was you, there is nothing to do. If not, set a new password and tell whoever runs that server:",
    `${app.publicUrl}/reset`,
  ];
  app.mail.later(async () => ({ to: email, subject: `${what} at Concord`, body: `${body.join("\n\n")}\n` }));
}
