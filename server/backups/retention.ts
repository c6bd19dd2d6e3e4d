const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

/**
 * The backups that need not be kept any more: all of the last 24 hours stay, then the last of each day (UTC) for 30 days,
 * and the newest whatever its age.
 */
export function forgettable<Backup extends { readonly at: string }>(backups: readonly Backup[], now: Date): Backup[] {
  const newestFirst = [...backups].sort((left, right) => (left.at < right.at ? 1 : -1));
  const days = new Set<string>();
  return newestFirst.filter(({ at }, index) => {
    const ageMs = now.getTime() - Date.parse(at);
    if (index === 0 || ageMs <= dayMs) return false;
    const day = at.slice(0, 10);
    const isFirstOfDay = !days.has(day);
    days.add(day);
    return !isFirstOfDay || ageMs > 30 * dayMs;
  });
}
