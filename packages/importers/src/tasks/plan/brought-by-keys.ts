import type { JsonObject } from "../json/json-fields.ts";
import { COMPARED_FIELDS, type Parts } from "./fields.ts";
import type { Brought } from "./plan.ts";

/** A field is brought when its key is there: `null` and an empty list say that it is empty. */
export function broughtByKeys(item: JsonObject, parts: Parts) {
  const brings: Brought = {};
  const filled: Brought = {};
  for (const field of COMPARED_FIELDS) {
    const here = (parts[field] ?? []).filter((keys) => keys.some((key) => key in item));
    if (here.length === 0) continue;
    const isFilled = (keys: string[]) => keys.some((key) => hasContent(item[key]));
    brings[field] = here.map(([name = ""]) => name);
    if (parts[field]?.length === 1) continue;
    filled[field] = here.filter(isFilled).map(([name = ""]) => name);
  }
  return { brings, filled };
}

function hasContent(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== "" && value !== false;
}
