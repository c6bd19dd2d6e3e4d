import type { Application } from "./application.ts";
import type { Identity } from "./auth/accounts.ts";
import type { Visitor } from "./auth/visitor.ts";

/** What the web server hands to every page request: the product, and who asks. */
export interface LoadContext {
  /** A copy for this request. */
  readonly app: Application;
  readonly identity: Identity | null;
  readonly visitor: Visitor;
  /** Lets this page's inline scripts run under the content security policy. */
  readonly nonce: string;
  readonly requestId: string;
}
