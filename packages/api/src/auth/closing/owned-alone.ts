import { type Queryable, schema, type Tx } from "@guildhall/db";
import { and, eq, inArray, sql } from "drizzle-orm";
import { activeAdministrator, isAdministrator } from "../../core/rights/administrators.ts";

const { members, users, workspaces } = schema;

type Named = { id: string; name: string };

/** Held as by who leaves or steps down (workspaces/members.ts), so that two owners cannot go at once. */
export async function holdOwned(tx: Tx, userId: string) {
  const owned = await tx
    .select({ id: members.workspaceId })
    .from(members)
    .where(and(eq(members.userId, userId), eq(members.personalRole, "owner")))
    .orderBy(members.workspaceId)
    .for("update");
  const ids = owned.map(({ id }) => id);
  if (ids.length === 0) return;
  await tx
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(inArray(workspaces.id, ids))
    .orderBy(workspaces.id)
    .for("no key update");
}

/** Where nobody else whose account is open owns it: those with other people, and those without. */
export async function ownedAlone(q: Queryable, userId: string) {
  const rows = await q.execute<Named & { has_others: boolean }>(sql`
    select w.id, w.name, exists (select from ${members} other
        join ${users} u on u.id = other.user_id and u.closed_at is null
        where other.workspace_id = w.id and other.user_id <> ${userId}) as has_others
    from ${members} mine join ${workspaces} w on w.id = mine.workspace_id
    where mine.user_id = ${userId} and mine.personal_role = 'owner'
      and not exists (select from ${members} other
        join ${users} u on u.id = other.user_id and u.closed_at is null and u.deactivated_at is null
        where other.workspace_id = w.id and other.user_id <> ${userId}
          and other.personal_role = 'owner')
    order by w.name`);
  const of = (hasOthers: boolean): Named[] =>
    rows.flatMap(({ id, name, has_others }) => (has_others === hasOthers ? [{ id, name }] : []));
  return { withOthers: of(true), onlyMine: of(false) };
}

/** What somebody is told before they close their account. */
export async function readClosing(q: Queryable, userId: string) {
  const { withOthers, onlyMine } = await ownedAlone(q, userId);
  const isLastAdministrator =
    (await isAdministrator(q, userId)) && (await q.$count(users, activeAdministrator)) === 1;
  return {
    /** To be handed over or deleted first. */
    withOthers,
    /** Erased with the account. */
    onlyMine,
    /** Somebody else has to be made one first. */
    isLastAdministrator,
  };
}
