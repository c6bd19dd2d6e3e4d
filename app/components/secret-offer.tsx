import { TextField } from "./field.tsx";
import { errorAt, type RefusalView } from "./refusal-view.ts";
import styles from "./secret-offer.module.css";

export interface Offer {
  /** In groups of four. */
  readonly typed: string;
  readonly link: string;
  /** The link as a QR code: the path of its dark squares. */
  readonly picture: { readonly size: number; readonly path: string };
}

/** What an authenticator app needs, by camera, by link or typed; and the first code it makes of it. */
export function SecretOffer({ offer, refusal }: { offer: Offer; refusal: RefusalView | undefined }) {
  const { size, path } = offer.picture;
  return (
    <>
      <div className={styles.offer}>
        <p>
          Add Concord to an authenticator app: point its camera at this square, or open the link on the same device.
        </p>
        <svg
          className={styles.picture}
          viewBox={`0 0 ${size} ${size}`}
          role="img"
          aria-label="QR code of the key below"
          shapeRendering="crispEdges"
        >
          <path d={path} fill="currentColor" />
        </svg>
        <p>
          <a href={offer.link}>Open in an authenticator app</a>
        </p>
        <p>
          Or type this key into the app: <code className={styles.secret}>{offer.typed}</code>
        </p>
      </div>
      <TextField
        name="code"
        label="The code the app shows now"
        hint="Six digits. They change every 30 seconds."
        autoComplete="one-time-code"
        inputMode="numeric"
        required
        error={errorAt(refusal, "code")}
      />
    </>
  );
}

/** Ten codes, seen this once. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  return (
    <ul className={styles.codes} aria-label="Recovery codes">
      {codes.map((code) => (
        <li key={code}>
          <code>{code}</code>
        </li>
      ))}
    </ul>
  );
}
