import type { ScaleRange } from "#rubric/scale.ts";
import type { OwnAnswer } from "#rubric/sentences.ts";
import { OwnDot } from "./dot-stack.tsx";
import styles from "./dot-strip.module.css";
import { place } from "./level-place.ts";

/** The viewer's own move since the earlier round, on a line of its own under the figures. */
export function OwnMove({ own, scale }: { own: OwnAnswer | null; scale: ScaleRange }) {
  return (
    <svg className={styles.move} width="100%" height="18" aria-hidden="true" focusable="false">
      {own === null || own.earlier === null || own.earlier === own.value ? null : (
        <Move from={own.earlier} to={own.value} scale={scale} />
      )}
    </svg>
  );
}

function Move({ from, to, scale }: { from: number; to: number | null; scale: ScaleRange }) {
  return (
    <>
      {to === null ? null : <Arrow from={from} to={to} scale={scale} />}
      <svg x={place(scale, from)} className={styles.stack}>
        <circle cx="0" cy="8" r="4.25" className={styles.earlier} />
      </svg>
      {to === null ? null : (
        <svg x={place(scale, to)} className={styles.stack}>
          <OwnDot x={0} y={8} />
        </svg>
      )}
    </>
  );
}

function Arrow({ from, to, scale }: { from: number; to: number; scale: ScaleRange }) {
  const head = to > from ? "M-7 8-13 4.5V11.5Z" : "M7 8 13 4.5V11.5Z";
  return (
    <>
      <line x1={place(scale, from)} x2={place(scale, to)} y1="8" y2="8" className={styles.shaft} />
      <svg x={place(scale, to)} className={styles.stack}>
        <path d={head} className={styles.ownCore} />
      </svg>
    </>
  );
}
