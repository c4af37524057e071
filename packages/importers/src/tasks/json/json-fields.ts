/** Reading fields of JSON that somebody else wrote: what has the wrong type counts as absent. */

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function objectsIn(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The first of `keys` that holds a text; numbers count, since some tools write ids as numbers. */
export function textIn(source: unknown, ...keys: string[]): string | null {
  if (!isObject(source)) return null;
  for (const key of keys) {
    const value = source[key];
    if (typeof value === "string") return value;
    if (typeof value === "number" && Number.isFinite(value)) return String(value);
  }
  return null;
}

export function numberIn(source: unknown, key: string): number | null {
  const value = isObject(source) ? source[key] : undefined;
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
