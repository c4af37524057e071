/** What deleting a workspace and deleting a project have in common: days to take it back, and the typed name. */
import { sql } from "drizzle-orm";
import { refused } from "../core/errors.ts";

export const DELETED_DAYS = 14;

/** From then on it can't be restored. */
export const eraseAt = (deletedAt: Date) =>
  new Date(deletedAt.getTime() + DELETED_DAYS * 24 * 60 * 60_000);

/** What was deleted before is erased. */
export const keptSince = sql`now() - make_interval(days => ${DELETED_DAYS})`;

export function refuseOtherName(typed: string, name: string) {
  if (typed.trim() === name.trim()) return;
  throw refused("name_differs", `Nothing was deleted: type “${name}” exactly as it is written.`);
}

type Deleted = { name: string; deletedAt: Date | null; erasingAt: Date | null };

export function refuseGone({ name, deletedAt, erasingAt }: Deleted) {
  if (!erasingAt && !(deletedAt && eraseAt(deletedAt) <= new Date())) return;
  throw refused(
    "gone_for_good",
    `“${name}” can't be restored: its ${DELETED_DAYS} days are over, and it is being erased.`,
  );
}
