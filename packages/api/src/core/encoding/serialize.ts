/**
 * superjson's output, written in one pass.
 *
 * Problem: superjson copies every value, remembers every object it saw and makes a path of parts
 * for each; on a list of rows that costs more than the query and JSON.stringify together.
 * Choice: what our answers are made of (plain objects, lists, text, numbers, booleans, null and
 * Dates) is not copied at all. One walk collects where the Dates are; JSON.stringify writes them as
 * the ISO text that superjson means. Anything else, wherever it is, hands the whole value to
 * superjson.
 *
 * `json` is the value itself, Dates and all, not a copy: encode it before anybody changes it.
 */
import superjson, { type SuperJSONResult } from "superjson";

type DatePlaces = Record<string, ["Date"]>;

const DATE: ["Date"] = ["Date"];
/** Deeper than any answer of ours; a circle is deeper still. */
const MAX_DEPTH = 32;
/** superjson follows no path through these. */
const REFUSED = new Set(["__proto__", "constructor", "prototype"]);

export function serialize(value: unknown): SuperJSONResult {
  if (value instanceof Date) return superjson.serialize(value);
  const places: DatePlaces = {};
  if (!findDates(value, "", 0, places)) return superjson.serialize(value);
  const json = value as SuperJSONResult["json"];
  for (const _ in places) return { json, meta: { values: places, v: 1 } };
  return { json };
}

/** Whether the value is all of our kinds; its Dates are then in `places`. */
function findDates(value: unknown, path: string, depth: number, places: DatePlaces): boolean {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return true;
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== "object" || depth > MAX_DEPTH) return false;
  if (value instanceof Date) {
    places[path] = DATE;
    return !Number.isNaN(value.getTime());
  }
  const front = path === "" ? "" : `${path}.`;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const item = value[i];
      if (typeof item !== "string" && !findDates(item, front + i, depth + 1, places)) return false;
    }
    return true;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  const object = value as Record<string, unknown>;
  for (const key in object) {
    const item = object[key];
    if (typeof item === "string" || item === null) continue;
    if (typeof item === "object" && isOddName(key)) return false;
    if (!findDates(item, front + key, depth + 1, places)) return false;
  }
  return true;
}

/** Names that are no plain part of a path: superjson escapes or refuses them. */
const isOddName = (key: string) =>
  key === "" || key.includes(".") || key.includes("\\") || REFUSED.has(key);
