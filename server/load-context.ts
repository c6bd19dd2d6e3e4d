import type { Application } from "./application.ts";
import type { Identity } from "./auth/accounts.ts";
import type { Visitor } from "./auth/visitor.ts";
import type { Refusal } from "./refusal.ts";

/** What the web server hands to every page request: the product, and who asks. */
export interface LoadContext {
  /** A copy for this request. */
  readonly app: Application;
  readonly identity: Identity | null;
  readonly visitor: Visitor;
  /** Why it is not known who asks: the database is away. Nobody is let in meanwhile. */
  readonly away: Refusal | null;
  /** The browser waits for a whole page, and not for an answer to the page that it shows. */
  readonly isDocument: boolean;
  /** Says in how many seconds a repeat may succeed. */
  comeAgain(seconds: number): void;
  /** Lets this page's inline scripts run under the content security policy. */
  readonly nonce: string;
  readonly requestId: string;
}
