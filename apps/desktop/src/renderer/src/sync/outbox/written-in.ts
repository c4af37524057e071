/** The fields of all inputs that hold what a person wrote. */
const WRITTEN = new Set(["title", "name", "description", "body"]);

/** All that somebody wrote in what a mutation is given, however deep; empty where there is nothing. */
export function writtenIn(input: unknown): string {
  if (typeof input !== "object" || input === null) return "";
  return Object.entries(input)
    .map(([field, value]) =>
      typeof value === "string" ? (WRITTEN.has(field) ? value : "") : writtenIn(value),
    )
    .filter((text) => text.trim() !== "")
    .join("\n\n");
}
