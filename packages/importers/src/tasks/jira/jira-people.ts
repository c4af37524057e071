import type { CsvTable } from "../csv/read-csv.ts";
import type { JiraColumns } from "./jira-columns.ts";

/** Cloud writes account ids into comments and mentions; the names stand in other columns. */
export function peopleOf({ rows }: CsvTable, columns: JiraColumns): Map<string, string> {
  const people = new Map<string, string>();
  for (const row of rows) {
    for (const role of ["Assignee", "Reporter", "Creator", "Watchers", "Project lead"]) {
      const names = columns.all(row, role);
      for (const [index, id] of columns.all(row, `${role} Id`).entries()) {
        const name = names[index]?.trim();
        if (name !== undefined) people.set(id.trim(), name);
      }
    }
  }
  return people;
}

export function personOf(
  text: string,
  people: Map<string, string>,
): { name: string; email: string | null } {
  const name = people.get(text.trim()) ?? text.trim();
  return { name, email: emailIn(name) };
}

export function emailIn(text: string): string | null {
  return text.length <= 254 && /^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/.test(text)
    ? text.toLowerCase()
    : null;
}
