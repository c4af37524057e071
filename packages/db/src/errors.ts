const DISK_FULL = "53100";
/** As the system says it, in what Postgres passes on: of a quota it makes an internal error. */
const NO_ROOM = /No space left on device|Disk quota exceeded/;

/**
 * Finds the SQLSTATE of a failed query: drizzle wraps the driver's error in its `cause`. A disk without
 * room has one name, whether it is the disk that is full or a quota.
 */
export function sqlState(error: unknown): string | null {
  for (let e = error; e instanceof Error; e = e.cause) {
    if (!("code" in e && typeof e.code === "string")) continue;
    const isOfPostgres = /^[0-9A-Z]{5}$/.test(e.code);
    return isOfPostgres && NO_ROOM.test(e.message) ? DISK_FULL : e.code;
  }
  return null;
}
