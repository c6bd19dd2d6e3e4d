import { z } from "zod";
import { insertUser, readInstallation, spendSetupToken, storeAdministrator } from "#db/users.ts";
import { email, name } from "#rubric/text.ts";
import type { Application } from "../application.ts";
import { refuseGuessable } from "../auth/password-rules.ts";
import { newPassword } from "../auth/passwords.ts";
import type { Visitor } from "../auth/visitor.ts";
import { sha256 } from "../hash.ts";
import { parse } from "../parse.ts";
import { invalid, notFound } from "../refusal.ts";
import { type Entered, openSession } from "./enter.ts";

export const setupInput = z.strictObject({
  setupToken: z.string().min(1).max(200),
  email,
  name: name(120),
  password: newPassword,
});

/** The holder of the one-time set-up token becomes the installation's first administrator. */
export async function createFirstAdministrator(app: Application, visitor: Visitor, input: unknown): Promise<Entered> {
  const { setupToken, password, ...person } = parse(setupInput, input);
  // Before the costly hash, which nobody without the token should be able to ask for.
  const { setupTokenHash } = await readInstallation(app.database.pool);
  if (setupTokenHash !== sha256(setupToken)) throw notFound();
  refuseGuessable(password, person);
  const userId = app.newId();
  const passwordHash = await app.accounts.passwords.hash(password);
  const user = { userId, ...person, passwordHash, isAdministrator: true, isDemonstration: false };
  await app.database.write(async (db) => {
    // First, so that only the token's holder learns whether an address is known here.
    if (!(await spendSetupToken(db, sha256(setupToken)))) throw notFound();
    if (!(await insertUser(db, user))) throw addressTaken();
    await storeAdministrator(db, userId);
  });
  return openSession(app, visitor, userId);
}

function addressTaken() {
  const message = "This address has an account here already. Use another one.";
  return invalid(message, [{ path: "email", message }]);
}
