import { parseDate } from "../plan/parse-date.ts";
import { type JsonObject, textIn } from "./json-fields.ts";

export const dayIn = (source: JsonObject, ...keys: string[]) =>
  parseDate(textIn(source, ...keys) ?? "")
    ?.instant.toISOString()
    .slice(0, 10) ?? null;

/** Somebody who left the board is in no list of members any more, and has no name here. */
export function memberOf(source: JsonObject, key: string, members: Map<string, JsonObject>) {
  const name = textIn(members.get(textIn(source, key) ?? ""), "fullName", "username");
  return name === null ? null : { name, email: null };
}
