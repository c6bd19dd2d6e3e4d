import { openConnection } from "../connection.ts";

/** Whether there is anything to back up. */
export interface Occasion {
  /** Somebody has an account: it is not the empty database of a first start. */
  readonly isInUse: boolean;
  /** Some panel is at work, so that something may be lost at any moment. */
  readonly isRoundOpen: boolean;
}

export async function readOccasion(url: string): Promise<Occasion> {
  const connection = openConnection(url);
  try {
    const [there] = await connection.rows("select to_regclass('panel') is not null as is_made");
    if (there?.is_made !== true) return { isInUse: false, isRoundOpen: false };
    const [row] = await connection.rows(`
      select exists (select from app_user) as in_use,
        exists (select from panel where phase not in ('draft', 'closed', 'ratified')) as round_open`);
    return { isInUse: row?.in_use === true, isRoundOpen: row?.round_open === true };
  } finally {
    await connection.end();
  }
}
