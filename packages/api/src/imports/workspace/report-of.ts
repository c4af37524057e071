import type { schema } from "@guildhall/db";
import type { Archive } from "./open-archive.ts";
import type { Known } from "./read-archive.ts";

const MOST_PEOPLE = 1_000;

/** What people count, by the table in which it is. */
const counted = {
  projects: "projects",
  tasks: "tasks",
  documents: "documents",
  comments: "comments",
  files: "files",
  groups: "groups",
  changes: "changes",
  members: "members",
} as const;

export function reportOf(
  { manifest, sums }: Archive,
  { people, objects, rows }: Known,
  userId: string,
): schema.WorkspaceImportReport {
  const members = people.filter(({ role }) => role !== null);
  const notes: string[] = [];
  if (sums.missing.length > 0) {
    notes.push(
      `The other server had lost the content of ${sums.missing.length} of its files, so they are not in this export.`,
    );
  }
  return {
    name: manifest.workspace.name,
    madeAt: manifest.madeAt,
    counts: Object.fromEntries(
      Object.entries(counted).map(([name, table]) => [name, rows.get(table) ?? 0]),
    ),
    bytes: objects.reduce((sum, { size }) => sum + size, 0),
    people: members.slice(0, MOST_PEOPLE).map(({ name, email, role, here }) => ({
      ...{ name, email: email ?? "", role },
      as: here === userId ? ("you" as const) : ("former" as const),
    })),
    peopleCount: members.length,
    notes,
  };
}
