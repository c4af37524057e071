import { parseDate } from "../dates/parse-date.ts";
import { type JsonObject, textIn } from "./json-fields.ts";

/** Trello has moments alone, as its people's own clocks showed them. */
export const dayIn = (source: JsonObject, zone: string, keys: string[]) =>
  parseDate(textIn(source, ...keys) ?? "", { order: "month-first", zone })?.day ?? null;

/** Somebody who left the board is in no list of members any more, and has no name here. */
export function memberOf(source: JsonObject, key: string, members: Map<string, JsonObject>) {
  const name = textIn(members.get(textIn(source, key) ?? ""), "fullName", "username");
  return name === null ? null : { name, email: null };
}
