/** Finds the SQLSTATE of a failed query: drizzle wraps the driver's error in its `cause`. */
export function sqlState(error: unknown): string | null {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ("code" in e && typeof e.code === "string") return e.code;
  }
  return null;
}
