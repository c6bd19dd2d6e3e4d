const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * A moment as people read it, always with its zone. Spelled by hand and in UTC, so that server and browser print the
 * same characters.
 * @example momentWords("2026-12-11T17:00:00.000Z") // "Fri 11 Dec 2026, 5:00 pm UTC"
 */
export function momentWords(iso: string): string {
  const at = new Date(iso);
  const day = `${days[at.getUTCDay()]} ${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
  return `${day}, ${clockWords(iso)} UTC`;
}

/** The time of day alone: "5:00 pm". */
export function clockWords(iso: string): string {
  const at = new Date(iso);
  const hour = at.getUTCHours();
  const minute = String(at.getUTCMinutes()).padStart(2, "0");
  return `${hour % 12 === 0 ? 12 : hour % 12}:${minute} ${hour < 12 ? "am" : "pm"}`;
}
