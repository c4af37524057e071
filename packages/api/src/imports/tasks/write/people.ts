import { schema, type Tx } from "@guildhall/db";
import { inArray } from "drizzle-orm";
import { whoCanView } from "../../../core/access.ts";

type Named = { name: string; email: string | null };
export type People = {
  /** Members who may see the project, and the names of everybody else. */
  match(named: Named[]): { ids: string[]; strangers: string[] };
};

/** Finds people by e-mail, else by their whole name; two of one name cannot be told apart. */
export async function findPeople(tx: Tx, projectId: string): Promise<People> {
  const { users } = schema;
  const seers = [...(await whoCanView(tx, projectId)).keys()];
  const rows = await tx
    .select({ id: users.id, email: users.email, name: users.name })
    .from(users)
    .where(inArray(users.id, seers));
  const byEmail = new Map(rows.map((row) => [row.email, row.id]));
  const byName = Map.groupBy(rows, (row) => row.name.trim().toLowerCase());
  const find = ({ name, email }: Named) => {
    const plain = name.trim().toLowerCase();
    const known = byEmail.get((email ?? plain).toLowerCase());
    const [one, another] = byName.get(plain) ?? [];
    return known ?? (another ? undefined : one?.id);
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
