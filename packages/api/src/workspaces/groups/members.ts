/** Who is in a group. */
import { schema, type Tx } from "@guildhall/db";
import { and, asc, eq, inArray, notInArray } from "drizzle-orm";
import { recordAudit } from "../../audit/record-audit.ts";
import type { MutationContext } from "../../core/context.ts";
import { notFound, refused } from "../../core/errors.ts";
import type { RecordChange } from "../../core/feed/change.ts";
import { lockTree } from "../../core/rights/lock-tree.ts";
import { type SettledRoles, settleRoles } from "../settle-roles.ts";
import { changeGroups, ofGroup } from "./change-group.ts";
import { recordGroup } from "./queries.ts";

const { groupMembers, groups, members, users } = schema;

type Put = {
  workspaceId: string;
  groupId: string;
  userIds: string[];
  managedBy: string | null;
};

/** Puts members of the workspace into a group; who is in it stays as they came. */
export async function putGroupMembers(tx: Tx, { workspaceId, groupId, userIds, managedBy }: Put) {
  const ids = [...new Set(userIds)];
  if (ids.length === 0) return;
  const here = await tx
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), inArray(members.userId, ids)))
    .for("key share");
  if (here.length < ids.length) throw notFound("member");
  await tx
    .insert(groupMembers)
    .values(ids.map((userId) => ({ workspaceId, groupId, userId, managedBy })))
    .onConflictDoNothing();
}

/** For the audit log. */
export async function namesOf(tx: Tx, userIds: string[]) {
  const found = await tx
    .select({ name: users.name })
    .from(users)
    .where(inArray(users.id, userIds))
    .orderBy(asc(users.name));
  return found.map(({ name }) => name);
}

type Input = { id: string; userIds: string[] };

export const addToGroup = (ctx: MutationContext, { id, userIds }: Input) =>
  changeGroups(ctx, { workspace: ofGroup(id), what: "group" }, async (held) => {
    const { tx, record, settle, workspaceId } = held;
    await settle(userIds, () =>
      putGroupMembers(tx, { workspaceId, groupId: id, userIds, managedBy: null }),
    );
    const row = await recordGroup(tx, record, id);
    await recordAudit(tx, ctx, {
      ...{ action: "group.membersAdded", workspaceId, subject: row },
      after: { people: await namesOf(tx, userIds) },
    });
    return row;
  });

/** No longer once the settings give nothing there by this provider: then nobody else takes them out. */
const isManaged = ({ services }: MutationContext, workspaceId: string, managedBy: string | null) =>
  services.providers.list.some(
    ({ id, groups }) => id === managedBy && groups.some((each) => each.workspaceId === workspaceId),
  );

/** Whom a sign-in has put there, the next sign-in would put there again. */
export const removeFromGroup = (ctx: MutationContext, { id, userIds }: Input) =>
  changeGroups(ctx, { workspace: ofGroup(id), what: "group" }, async (held) => {
    const { tx, record, settle, workspaceId } = held;
    const theirs = and(eq(groupMembers.groupId, id), inArray(groupMembers.userId, userIds));
    const found = await tx.select().from(groupMembers).where(theirs);
    if (found.length < new Set(userIds).size) throw notFound("member");
    if (found.some(({ managedBy }) => isManaged(ctx, workspaceId, managedBy))) {
      throw refused(
        "managed_by_sign_in",
        "Nothing was changed: this membership comes from the sign-in provider. Change it there; it is taken over at the next sign-in.",
      );
    }
    await settle(userIds, () => tx.delete(groupMembers).where(theirs));
    const row = await recordGroup(tx, record, id);
    await recordAudit(tx, ctx, {
      ...{ action: "group.membersRemoved", workspaceId, subject: row },
      before: { people: await namesOf(tx, userIds) },
    });
    return row;
  });

export type GroupsOfMember = {
  workspaceId: string;
  userId: string;
  /** Of this workspace; others are left out. */
  groupIds: string[];
  /** The provider: it decides about the memberships that it made, and no others. */
  managedBy: string;
};

/**
 * Makes a member's groups what a sign-in provider says: in these, and no longer in others that it put
 * them into. What was done by hand stays, also for a group that the provider names. In the transaction
 * of a `write`; whom to notify after its commit is in the answer, with the invitations that ended.
 */
export async function setGroupsOfMember(
  tx: Tx,
  record: RecordChange,
  { workspaceId, userId, groupIds, managedBy }: GroupsOfMember,
): Promise<SettledRoles> {
  await lockTree(tx, workspaceId);
  const named = groupIds.length === 0 ? [] : await namedHere(tx, workspaceId, groupIds);
  let touched: string[] = [];
  const settled = await settleRoles(tx, record, { workspaceId, userIds: [userId] }, async () => {
    const gone = await tx
      .delete(groupMembers)
      .where(
        and(
          eq(groupMembers.workspaceId, workspaceId),
          eq(groupMembers.userId, userId),
          eq(groupMembers.managedBy, managedBy),
          named.length > 0 ? notInArray(groupMembers.groupId, named) : undefined,
        ),
      )
      .returning({ id: groupMembers.groupId });
    const come =
      named.length === 0
        ? []
        : await tx
            .insert(groupMembers)
            .values(named.map((groupId) => ({ workspaceId, groupId, userId, managedBy })))
            .onConflictDoNothing()
            .returning({ id: groupMembers.groupId });
    touched = [...gone, ...come].map(({ id }) => id);
    return [];
  });
  for (const id of touched) await recordGroup(tx, record, id);
  return settled;
}

async function namedHere(tx: Tx, workspaceId: string, ids: string[]) {
  const found = await tx
    .select({ id: groups.id })
    .from(groups)
    .where(and(eq(groups.workspaceId, workspaceId), inArray(groups.id, ids)));
  return found.map(({ id }) => id);
}
