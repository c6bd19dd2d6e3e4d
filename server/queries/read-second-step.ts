import { encode } from "uqr";
import { countRecoveryCodes, findFactor } from "#db/second-factors.ts";
import type { User } from "#rubric/member.ts";
import type { Application } from "../application.ts";
import { base32, otpauthLink } from "../auth/totp.ts";
import type { Visitor } from "../auth/visitor.ts";
import { findOwnStep } from "../commands/finish-sign-in.ts";
import { offerLifetimeMs } from "../commands/set-up-second-step.ts";

/** What an authenticator app needs: by camera, by link, or typed. */
export interface SecretOffer {
  /** In groups of four. */
  readonly typed: string;
  readonly link: string;
  /** The link as a QR code: the path of its dark squares in a square of so many units. */
  readonly picture: { readonly size: number; readonly path: string };
}

export type SecondStepState =
  | { readonly kind: "off" }
  | { readonly kind: "offered"; readonly offer: SecretOffer }
  | { readonly kind: "on"; readonly since: string; readonly codesLeft: number };

/** The person's own second step, for the profile page. */
export async function readSecondStep(app: Application, user: User): Promise<SecondStepState> {
  const { pool } = app.database;
  const factor = await findFactor(pool, user.userId);
  if (!factor) return { kind: "off" };
  if (factor.confirmedAt !== null)
    return { kind: "on", since: factor.confirmedAt, codesLeft: await countRecoveryCodes(pool, user.userId) };
  const isStale = Date.parse(factor.offeredAt) + offerLifetimeMs < app.clock().getTime();
  return isStale ? { kind: "off" } : { kind: "offered", offer: offerOf(app, factor.secret, user.email) };
}

/** Where a sign-in that is half done goes on; `null` when there is none, or it took too long. */
export async function readOwnStep(
  app: Application,
  visitor: Visitor,
): Promise<{ readonly kind: "code" } | { readonly kind: "set-up"; readonly offer: SecretOffer } | null> {
  const step = await findOwnStep(app, visitor);
  if (!step) return null;
  if (step.offeredSecret === null) return { kind: "code" };
  return { kind: "set-up", offer: offerOf(app, step.offeredSecret, step.email) };
}

function offerOf(app: Application, secret: Uint8Array, email: string): SecretOffer {
  const link = otpauthLink(secret, { email, host: new URL(app.publicUrl).host });
  const typed = base32(secret).replaceAll(/(.{4})(?=.)/g, "$1 ");
  return { typed, link, picture: pictureOf(link) };
}

function pictureOf(text: string): SecretOffer["picture"] {
  const { data, size } = encode(text, { ecc: "M", border: 2 });
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: squares.join("") };
}
