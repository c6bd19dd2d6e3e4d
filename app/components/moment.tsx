import { momentWords } from "./clock.ts";

export function Moment({ at }: { at: string }) {
  return <time dateTime={at}>{momentWords(at)}</time>;
}
