/** Signing in again without leaving the page. Each answers why it did not work, or `null`. */

interface Own {
  readonly panelId: string;
  /** Whose text it is that waits on the page. */
  readonly memberId: string;
}

export interface SignInFields {
  readonly email: string;
  readonly password: string;
  /** Of an authenticator app, where the account has one; else empty. */
  readonly code: string;
}

export async function signInAgain(own: Own, { email, password, code }: SignInFields): Promise<string | null> {
  const response = await ask("/api/v1/session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email, password, ...(code === "" ? {} : { code }) }),
  });
  if (response === null) return "The server cannot be reached. Try again in a moment.";
  return response.ok ? checkSession(own) : detailOf(response);
}

/** Whether the person now signed in is the one whose text waits: nobody's score may go out under another name. */
export async function checkSession({ panelId, memberId }: Own): Promise<string | null> {
  const response = await ask(`/api/v1/panels/${panelId}`, {});
  if (response === null) return "The server cannot be reached. Try again in a moment.";
  if (response.status === 401) return "You are not signed in yet.";
  const panel: unknown = await response.json().catch(() => null);
  const isSame = typeof panel === "object" && panel !== null && "memberId" in panel && panel.memberId === memberId;
  return isSame ? null : "That is somebody else’s account. Sign in as the person who wrote this text.";
}

function ask(url: string, options: RequestInit): Promise<Response | null> {
  return fetch(url, options).catch(() => null);
}

async function detailOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const detail = typeof body === "object" && body !== null && "detail" in body ? body.detail : null;
  return typeof detail === "string" ? detail : "Signing in did not work.";
}
