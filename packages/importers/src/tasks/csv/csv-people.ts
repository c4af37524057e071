import { emailIn } from "../jira/jira-people.ts";
import { splitValues } from "./split-values.ts";

export type Person = { name: string; email: string | null };

/** "Doe, Jane", and no list: a comma, a name on either side, no address and no third part. */
const LAST_FIRST = /^\p{Lu}[^,;@]{0,60}, \p{Lu}[^,;@]{0,60}$/u;

/**
 * How the cells of a column of people are split. Where every one that is filled reads "Doe, Jane", that is how
 * its people are called; where some are of one name, a comma parts two of them.
 */
export function peopleSplitter(cells: Iterable<string>): (cell: string) => string[] {
  const filled = [...cells].map((cell) => cell.trim()).filter((cell) => cell !== "");
  const isLastFirst = filled.length > 0 && filled.every((cell) => LAST_FIRST.test(cell));
  return isLastFirst ? (cell) => [cell.trim()] : splitValues;
}

/** With the addresses of another column, where there are as many. */
export function withAddresses(names: string[], addresses: string[]): Person[] {
  if (names.length === 0) return addresses.map((name) => ({ name, email: emailIn(name) }));
  const isPaired = names.length === addresses.length;
  return names.map((name, at) => ({
    name,
    email: emailIn(name) ?? (isPaired ? emailIn(addresses[at] ?? "") : null),
  }));
}
