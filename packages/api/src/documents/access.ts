import { schema, type Tx } from "@guildhall/db";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { personName } from "../audit/person-name.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { documentGrant, joinRoles, mayAs, type Role } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { notFound, roleTooLow } from "../core/errors.ts";
import type { RecordChange, RecordedChange } from "../core/feed/change.ts";
import { deriveRoles } from "../core/rights/derive-roles.ts";
import { lockDocument } from "../core/rights/lock-tree.ts";
import { peopleOfGroup } from "../core/rights/people-of-group.ts";
import { loadMember } from "../core/visibility/people-seen.ts";
import { write } from "../core/write.ts";
import { readDocument } from "./queries.ts";
import { aroundRights } from "./rights-below.ts";
import { resettle } from "./subtree.ts";

const { documents, documentGroups, documentMembers, members } = schema;

type Document = Awaited<ReturnType<typeof lockDocument>>;
type Standing = Pick<Document, "id" | "workspaceId" | "projectId" | "scopePath">;
type Change = (tx: Tx, document: Document, tell: RecordChange) => Promise<{ shows: boolean }>;

/** `private`: from now on only who is let in, and the workspace's owners, may see it and what is below. */
export const setVisibility = (
  ctx: MutationContext,
  input: { id: string; visibility: "inherited" | "private" },
) =>
  changeAccess(ctx, input.id, async (tx, document) => {
    const { id, visibility } = input;
    const userId = ctx.actor.user.id;
    // Whoever closes the door stands inside.
    if (visibility === "private" && !(await isWorkspaceOwner(tx, document, userId))) {
      await putMember(tx, { id, userId, role: "owner" });
    }
    if (visibility === document.visibility) return { shows: false };
    await tx
      .update(documents)
      .set({ visibility, version: sql`${documents.version} + 1` })
      .where(eq(documents.id, id));
    await recordAudit(tx, ctx, {
      ...{ action: "document.visibilityChanged", ...about(document) },
      ...{ before: { visibility: document.visibility }, after: { visibility } },
    });
    return { shows: true };
  });

/** Lets a member of the workspace in, or raises or lowers their role, here and below. */
export const setDocumentMember = (
  ctx: MutationContext,
  input: { id: string; userId: string; role: Role },
) =>
  changeAccess(ctx, input.id, async (tx, document) => {
    const { workspaceId } = document;
    await loadMember(tx, ctx.actor.user.id, { workspaceId, userId: input.userId });
    const { id, userId, role } = input;
    await recordAudit(tx, ctx, {
      ...{ action: "document.memberSet", ...about(document) },
      before: { role: await ownRoleIn(tx, id, userId) },
      after: { person: await personName(tx, userId), role },
    });
    await putMember(tx, input);
    return { shows: false };
  });

/** What they may then see and do comes from above it again. */
export const removeDocumentMember = (
  ctx: MutationContext,
  { id, userId }: { id: string; userId: string },
) =>
  changeAccess(ctx, id, async (tx, document) => {
    const gone = await tx
      .update(documentMembers)
      .set({ personalRole: null })
      .where(
        and(
          eq(documentMembers.documentId, id),
          eq(documentMembers.userId, userId),
          isNotNull(documentMembers.personalRole),
        ),
      )
      .returning({ role: documentMembers.role });
    if (gone.length === 0) throw notFound("member");
    await recordAudit(tx, ctx, {
      ...{ action: "document.memberRemoved", ...about(document) },
      before: { person: await personName(tx, userId), role: gone[0]?.role },
    });
    await deriveRoles(tx, { workspaceId: document.workspaceId, userIds: [userId] });
    return { shows: false };
  });

/** Lets a group of the workspace in: each of its people who has no role of their own here. */
export const setDocumentGroup = (
  ctx: MutationContext,
  { id, groupId, role }: { id: string; groupId: string; role: Role },
) =>
  changeAccess(ctx, id, async (tx, document, tell) => {
    const { workspaceId } = document;
    const group = await peopleOfGroup(tx, ctx.actor.user.id, { workspaceId, groupId });
    const { userIds } = group;
    await recordAudit(tx, ctx, {
      ...{ action: "document.groupSet", ...about(document) },
      after: { group: group.name, role },
    });
    await tx
      .insert(documentGroups)
      .values({ documentId: id, groupId, role })
      .onConflictDoUpdate({
        target: [documentGroups.documentId, documentGroups.groupId],
        set: { role },
      });
    await deriveRoles(tx, { workspaceId, userIds });
    tell({
      entity: "documentGroup",
      id: groupId,
      op: "update",
      row: { documentId: id, groupId, role },
    });
    return { shows: false };
  });

export const removeDocumentGroup = (
  ctx: MutationContext,
  { id, groupId }: { id: string; groupId: string },
) =>
  changeAccess(ctx, id, async (tx, document, tell) => {
    const { workspaceId } = document;
    const group = await peopleOfGroup(tx, ctx.actor.user.id, { workspaceId, groupId });
    const { userIds } = group;
    const gone = await tx
      .delete(documentGroups)
      .where(and(eq(documentGroups.documentId, id), eq(documentGroups.groupId, groupId)))
      .returning();
    if (gone.length === 0) throw notFound("group");
    await recordAudit(tx, ctx, {
      ...{ action: "document.groupRemoved", ...about(document) },
      before: { group: group.name, role: gone[0]?.role },
    });
    await deriveRoles(tx, { workspaceId, userIds });
    tell({ entity: "documentGroup", id: groupId, op: "delete", row: null });
    return { shows: false };
  });

const about = ({ workspaceId, id, title }: Document) => ({
  workspaceId,
  subject: { id, name: title },
});

async function ownRoleIn(tx: Tx, id: string, userId: string): Promise<Role | null> {
  const [row] = await tx
    .select({ role: documentMembers.role })
    .from(documentMembers)
    .where(and(eq(documentMembers.documentId, id), eq(documentMembers.userId, userId)));
  return row?.role ?? null;
}

/**
 * For the document's owners, and for who made it while they may still write. All of it in the
 * transaction: who gave up their own right still gets the answer of a retry. Nobody has to be left who
 * owns it: the workspace's owners always do.
 */
async function changeAccess(ctx: MutationContext, id: string, change: Change) {
  const userId = ctx.actor.user.id;
  let affected: string[] = [];
  const answer = await write(ctx, null, async (tx, recordIn) => {
    const document = await lockDocument(tx, userId, id, "viewer");
    const isMaker = document.createdBy === userId && mayAs(document.role, "editor");
    if (!isMaker && !mayAs(document.role, "owner")) throw roleTooLow("owner");
    const { workspaceId } = document;
    const record: RecordChange = (each) => recordIn({ workspaceId, ...each });
    affected = await settleAccess(tx, record, document, (tell) => change(tx, document, tell));
    return readDocument(tx, id);
  });
  for (const person of affected) ctx.services.signals.notifyUser(person);
  return answer;
}

/** Returns whom to notify after the commit. */
function settleAccess(
  tx: Tx,
  record: RecordChange,
  document: Standing,
  change: (tell: RecordChange) => Promise<{ shows: boolean }>,
): Promise<string[]> {
  const { id, projectId, scopePath } = document;
  return aroundRights(tx, record, id, async (tell) => {
    const given: RecordedChange[] = [];
    const { shows } = await change((each) => given.push(each));
    const above = scopePath.filter((scope) => scope !== id);
    const own = (await hasOwnAccess(tx, id)) ? [id] : [];
    const moved = await resettle(tx, tell, document, {
      projectId,
      scopePath: [...own, ...above],
    });
    const scope = [...own, ...above][0] ?? projectId;
    for (const each of given) tell({ ...each, scopeId: scope });
    if (!shows || moved.tells(id)) return;
    const row = await readDocument(tx, id);
    const scopeId = row.areaId ?? row.projectId;
    tell({ entity: "document", id, op: "update", row, scopeId });
  });
}

/**
 * Somebody whom an owner of it has invited, while the tree is held: gives them the role, unless they have as much.
 * Returns whom to notify after the commit; null: nothing has changed.
 */
export async function letIntoDocument(
  tx: Tx,
  record: RecordChange,
  { documentId: id, userId, role }: { documentId: string; userId: string; role: Role },
): Promise<string[] | null> {
  const [now] = await tx.execute<{ role: Role | null }>(sql`
    select ${documentGrant} as role from ${documents}
    ${joinRoles(sql`${members.userId} = ${userId}`)} where ${documents.id} = ${id}`);
  if (now?.role && mayAs(now.role, role)) return null;
  const [document] = await tx.select().from(documents).where(eq(documents.id, id)).for("update");
  if (!document) throw notFound("document");
  return settleAccess(tx, record, document, async () => {
    await putMember(tx, { id, userId, role });
    return { shows: false };
  });
}

const putMember = (tx: Tx, { id, userId, role }: { id: string; userId: string; role: Role }) =>
  tx
    .insert(documentMembers)
    .values({ documentId: id, userId, role, personalRole: role })
    .onConflictDoUpdate({
      target: [documentMembers.documentId, documentMembers.userId],
      set: { role, personalRole: role },
    });

async function isWorkspaceOwner(tx: Tx, { workspaceId }: Document, userId: string) {
  const [member] = await tx
    .select({ role: members.role })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)));
  return member?.role === "owner";
}

async function hasOwnAccess(tx: Tx, id: string): Promise<boolean> {
  const [row] = await tx.execute<{ own: boolean }>(sql`
    select visibility = 'private' or exists (
      select from ${documentMembers} where document_id = ${id})
      or exists (select from ${documentGroups} where document_id = ${id}) as own
    from ${documents} where id = ${id}`);
  return row?.own ?? false;
}
