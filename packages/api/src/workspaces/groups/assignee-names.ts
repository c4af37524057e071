import { type Queryable, schema } from "@guildhall/db";
import { inArray } from "drizzle-orm";
import { shownName } from "../../core/visibility/shown-name.ts";

const { groups, users } = schema;

/** What people and groups are called, by their ids: whoever a task may be assigned to. For callers that have authorised. */
export async function namesOfAssignees(q: Queryable, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const unique = [...new Set(ids)];
  const people = q
    .select({ id: users.id, name: shownName })
    .from(users)
    .where(inArray(users.id, unique));
  const named = await people.unionAll(
    q.select({ id: groups.id, name: groups.name }).from(groups).where(inArray(groups.id, unique)),
  );
  return new Map(named.map(({ id, name }) => [id, name]));
}
