import { schema, type Tx } from "@guildhall/db";
import { and, eq, inArray } from "drizzle-orm";
import { whoCanView } from "../../../core/access.ts";

type Named = { name: string; email: string | null };
export type People = {
  /** Members who may see the project, groups by name, and the names of everybody else. */
  match(named: Named[]): { ids: string[]; strangers: string[] };
};

/** Finds people by e-mail, else by their whole name; two of one name cannot be told apart. Else a group. */
export async function findPeople(tx: Tx, projectId: string): Promise<People> {
  const { users } = schema;
  const seers = [...(await whoCanView(tx, projectId)).keys()];
  const rows = await tx
    .select({ id: users.id, email: users.email, name: users.name })
    .from(users)
    .where(inArray(users.id, seers));
  const byEmail = new Map(rows.map((row) => [row.email, row.id]));
  const byName = Map.groupBy(rows, (row) => row.name.trim().toLowerCase());
  const groupIds = await assignableGroups(tx, projectId, seers);
  const find = ({ name, email }: Named) => {
    const plain = name.trim().toLowerCase();
    const known = byEmail.get((email ?? plain).toLowerCase());
    const [one, another] = byName.get(plain) ?? [];
    if (known || one) return known ?? (another ? undefined : one?.id);
    return groupIds.get(plain);
  };
  return {
    match(named) {
      const found = named.map((person) => ({ person, id: find(person) }));
      return {
        ids: [...new Set(found.flatMap(({ id }) => id ?? []))].sort(),
        strangers: found.flatMap(({ person, id }) => (id ? [] : person.name)),
      };
    },
  };
}

/** By name, those in which somebody may see the project. */
async function assignableGroups(tx: Tx, projectId: string, seers: string[]) {
  const { groupMembers, groups, projects } = schema;
  const rows = await tx
    .selectDistinct({ id: groups.id, name: groups.name })
    .from(groups)
    .innerJoin(projects, eq(projects.workspaceId, groups.workspaceId))
    .innerJoin(groupMembers, eq(groupMembers.groupId, groups.id))
    .where(and(eq(projects.id, projectId), inArray(groupMembers.userId, seers)));
  return new Map(rows.map(({ id, name }) => [name.trim().toLowerCase(), id]));
}
