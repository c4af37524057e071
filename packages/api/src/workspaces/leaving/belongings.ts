/**
 * What only one person and the workspace's owners may see: it stays when they leave, and then its owners alone find
 * it. So who leaves is shown it first, and can hand it to somebody.
 */
import { type Queryable, schema, type Tx } from "@guildhall/db";
import { asc, eq, isNull, ne, type SQL, sql } from "drizzle-orm";
import { personName } from "../../audit/person-name.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import { documentGrant, loadWorkspace, projectGrant } from "../../core/access.ts";
import type { ActorContext, MutationContext } from "../../core/context.ts";
import { notFound } from "../../core/errors.ts";
import type { RecordChange } from "../../core/feed/change.ts";
import { aroundRoles, recordProjectMember } from "../../core/rights/around-roles.ts";
import { loadMember } from "../../core/visibility/people-seen.ts";

const { documents, documentMembers, members, projectMembers, projects } = schema;

type Whose = { workspaceId: string; userId: string };

/** Nobody else's but the owners'; behind a query of `documents` or of `projects`. */
const noOtherHas = (grant: SQL, { workspaceId, userId }: Whose, project: SQL) => sql`not exists (
  select from ${members}
  ${project}
  left join ${projectMembers} on ${projectMembers.projectId} = ${projects.id}
    and ${projectMembers.userId} = ${members.userId}
  where ${members.workspaceId} = ${workspaceId} and ${ne(members.userId, userId)}
    and ${ne(members.role, sql`'owner'`)} and ${grant} is not null)`;

async function readBelongings(q: Queryable, whose: Whose) {
  const { workspaceId, userId } = whose;
  const own = sql`(${documents.createdBy} = ${userId} or exists (
    select from ${documentMembers} mine where mine.document_id = ${documents.id}
      and mine.user_id = ${userId}))`;
  const itsProject = sql`left join ${projects} on ${projects.id} = ${documents.projectId}`;
  const inDocuments = await q.execute<{ id: string; title: string }>(sql`
    select ${documents.id} as id, ${documents.title} as title from ${documents}
    where ${eq(documents.workspaceId, workspaceId)} and ${isNull(documents.deletedAt)}
      and ${documents.scopePath}[1] = ${documents.id} and ${documents.visibility} = 'private'
      and ${own} and not exists (select from ${projects} gone
        where gone.id = ${documents.projectId} and gone.deleted_at is not null)
      and ${noOtherHas(documentGrant, whose, itsProject)}
    order by ${asc(documents.title)}, ${documents.id}`);
  const inProjects = await q.execute<{ id: string; name: string; key: string }>(sql`
    select ${projects.id} as id, ${projects.name} as name, ${projects.key} as key from ${projects}
    where ${eq(projects.workspaceId, workspaceId)} and ${isNull(projects.deletedAt)}
      and ${projects.visibility} = 'private'
      and exists (select from ${projectMembers} mine
        where mine.project_id = ${projects.id} and mine.user_id = ${userId})
      and ${noOtherHas(projectGrant, whose, sql``)}
    order by ${asc(projects.name)}, ${projects.id}`);
  return { documents: [...inDocuments], projects: [...inProjects] };
}

/** Of oneself; of others for the workspace's owners, who see all of it anyway. */
export async function listBelongings({ services, actor }: ActorContext, whose: Whose) {
  const { db } = services;
  const { workspaceId, userId } = whose;
  const isMine = userId === actor.user.id;
  await loadWorkspace(db, actor.user.id, workspaceId, isMine ? "guest" : "owner");
  await loadMember(db, actor.user.id, whose);
  return readBelongings(db, whose);
}

/** Makes somebody the owner of it, by name. Returns whom to notify after the commit. */
export async function handBelongings(
  tx: Tx,
  record: RecordChange,
  ctx: MutationContext,
  { toId, ...whose }: Whose & { toId: string },
): Promise<string[]> {
  const { workspaceId, userId } = whose;
  if (toId === userId) throw notFound("member");
  await loadMember(tx, ctx.actor.user.id, { workspaceId, userId: toId });
  const given = await readBelongings(tx, whose);
  const person = await personName(tx, toId);
  const after = { person, role: "owner" };
  for (const { id, title } of given.documents) {
    const subject = { id, name: title };
    await recordAudit(tx, ctx, { action: "document.memberSet", workspaceId, subject, after });
  }
  for (const subject of given.projects) {
    await recordAudit(tx, ctx, { action: "project.memberSet", workspaceId, subject, after });
  }
  const isTheirs = { userId: toId, role: "owner", personalRole: "owner" } as const;
  const { affected } = await aroundRoles(
    tx,
    // So that they are told of each document, as when somebody lets them in.
    (change) =>
      record(
        change.entity === "documentAccess" && change.row?.role
          ? { ...change, row: { ...change.row, isAdded: true } }
          : change,
      ),
    { workspaceId, userIds: [toId] },
    async () => {
      for (const { id: documentId } of given.documents) {
        await tx
          .insert(documentMembers)
          .values({ documentId, ...isTheirs })
          .onConflictDoUpdate({
            target: [documentMembers.documentId, documentMembers.userId],
            set: isTheirs,
          });
      }
      for (const { id: projectId } of given.projects) {
        const [put] = await tx
          .insert(projectMembers)
          .values({ projectId, ...isTheirs })
          .onConflictDoUpdate({
            target: [projectMembers.projectId, projectMembers.userId],
            set: isTheirs,
          })
          .returning({ isNew: sql<boolean>`xmax = 0` });
        recordProjectMember(record, { projectId, ...isTheirs, isNew: put?.isNew ?? false });
      }
    },
  );
  return affected;
}
