import styles from "./dot-strip.module.css";

export interface StackShape {
  readonly expected: number;
  /** Where the axis lies, in px from the top. */
  readonly axis: number;
}

interface LevelStackProps {
  readonly shape: StackShape;
  readonly count: number;
  /** How many of them are drawn as plain rings: scores given after sight. */
  readonly rings: number;
  readonly hasOwn: boolean;
}

const pitch = 11.5;
const rows = 5;
/** In larger panels dots would be too many to count, so each level has a bar with its number. */
const mostDots = 20;

/** The scores of one level, drawn from the axis up around x = 0. */
export function LevelStack(props: LevelStackProps) {
  return props.shape.expected > mostDots ? <LevelBar {...props} /> : <LevelDots {...props} />;
}

function LevelDots({ shape, count, rings, hasOwn }: LevelStackProps) {
  const columns = Math.ceil(count / rows);
  const dots = Array.from({ length: count }, (_, index) => ({
    x: (Math.floor(index / rows) - (columns - 1) / 2) * pitch,
    y: shape.axis - pitch / 2 - 1 - (index % rows) * pitch,
    isOwn: hasOwn && index === 0,
    isRing: index >= count - rings,
  }));
  return (
    <>
      {dots.map(({ x, y, isOwn, isRing }) =>
        isOwn ? (
          <OwnDot key={`${x} ${y}`} {...{ x, y }} />
        ) : (
          <circle
            key={`${x} ${y}`}
            cx={x}
            cy={y}
            r={isRing ? 3.75 : 4.5}
            className={isRing ? styles.ring : styles.dot}
          />
        ),
      )}
    </>
  );
}

function LevelBar({ shape, count, hasOwn }: LevelStackProps) {
  const tallest = shape.axis - 22;
  const height = (tallest * Math.min(count, shape.expected)) / shape.expected;
  const top = shape.axis - height;
  return (
    <>
      <rect x="-14" y={top} width="28" height={height} className={styles.dot} />
      {count === 0 ? null : (
        <text y={top - 5} className={styles.count}>
          {count}
        </text>
      )}
      {hasOwn ? <OwnDot x={0} y={shape.axis - 7} /> : null}
    </>
  );
}

/** The viewer's own score: a bull's-eye. */
export function OwnDot({ x, y }: { x: number; y: number }) {
  return (
    <>
      <circle cx={x} cy={y} r="4.75" className={styles.ownRing} />
      <circle cx={x} cy={y} r="2.25" className={styles.ownCore} />
    </>
  );
}
