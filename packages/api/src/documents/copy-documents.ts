import { schema, sqlState, type Tx } from "@guildhall/db";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { documentRole, joinRoles, loadDocument } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { idTaken, invariant, refused } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { insertRows } from "../core/insert-rows.ts";
import { lockTree } from "../core/rights/lock-tree.ts";
import { write } from "../core/write.ts";
import { copyTexts } from "./copy-texts.ts";
import { type Beside, loadPlace, type Place, rankAt } from "./place.ts";
import { readDocument, readDocuments } from "./queries.ts";
import { tellNewRights } from "./rights-below.ts";
import { withBelow } from "./subtree.ts";

const { documents, documentGroups, documentMembers, members } = schema;

/** One act copies so many at most: their texts pass through this process. */
const MOST = 1_000;

/** Beside itself, as private as it is; with what is below it, as far as this person may see that. */
export const duplicateDocument = (
  ctx: MutationContext,
  { id, copyId, withBelow }: { id: string; copyId?: string; withBelow: boolean },
) =>
  copy(ctx, id, {
    copyId,
    withBelow,
    keepsAccess: true,
    place: ({ workspaceId, projectId, parentId }) => ({ workspaceId, projectId, parentId }),
    title: (title) => `${title} (copy)`.trim().slice(0, 500),
    beside: { afterId: id },
  });

type FromTemplate = Beside & {
  templateId: string;
  id?: string;
  projectId?: string | null;
  parentId?: string | null;
  title?: string;
};

/** A new document, or a folder with all that is in it, that begins as its template is now. */
export const createFromTemplate = (ctx: MutationContext, input: FromTemplate) =>
  copy(ctx, input.templateId, {
    copyId: input.id,
    withBelow: true,
    keepsAccess: false,
    place: ({ workspaceId }) => ({
      workspaceId,
      projectId: input.projectId ?? null,
      parentId: input.parentId ?? null,
    }),
    title: (title) => input.title ?? title,
    beside: input,
  });

type Original = Pick<
  typeof documents.$inferSelect,
  "id" | "parentId" | "kind" | "title" | "icon" | "rank" | "visibility" | "frontMatter"
> & { hasOwnAccess: boolean };

type Plan = {
  copyId?: string | undefined;
  withBelow: boolean;
  /** Whether the copy has the same access of its own; what is below always has. */
  keepsAccess: boolean;
  place: (original: Awaited<ReturnType<typeof loadDocument>>) => Parameters<typeof loadPlace>[2];
  title: (title: string) => string;
  beside: Beside;
};

async function copy(ctx: MutationContext, id: string, plan: Plan) {
  const userId = ctx.actor.user.id;
  let affected: string[] = [];
  const answer = await write(ctx, null, async (tx, recordIn) => {
    const { workspaceId } = await loadDocument(tx, userId, id, "viewer");
    await loadPlace(tx, userId, plan.place(await loadDocument(tx, userId, id, "viewer")));
    await lockTree(tx, workspaceId);
    const place = await loadPlace(
      tx,
      userId,
      plan.place(await loadDocument(tx, userId, id, "viewer")),
    );
    const record: RecordChange = (each) => recordIn({ workspaceId, ...each });
    const originals = await readOriginals(tx, userId, id, plan.withBelow);
    const copies = new Map(originals.map((o) => [o.id, uuidv7() as string]));
    const copyId = plan.copyId ?? invariant(copies.get(id), "the first of them");
    copies.set(id, copyId);
    const rank = await rankAt(tx, place, plan.beside, copyId);
    const first = invariant(originals[0], "it was just loaded");
    originals[0] = {
      ...first,
      rank,
      title: plan.title(first.title),
      hasOwnAccess: plan.keepsAccess && first.hasOwnAccess,
    };
    await insertCopies(tx, originals, { copies, place, userId });
    await copyMembers(tx, originals, { copies, userId });
    await copyTexts(tx, copies, userId);
    affected = await tellNewRights(tx, record, copyId);
    for (const [id, row] of await readDocuments(tx, [...copies.values()])) {
      const scopeId = row.areaId ?? row.projectId;
      record({ entity: "document", id, op: "insert", row, scopeId });
    }
    return readDocument(tx, copyId);
  }).catch((error: unknown) => {
    throw sqlState(error) === "23505" ? idTaken(error) : error;
  });
  for (const person of affected) ctx.services.signals.notifyUser(person);
  // What was not read of the originals yet is not read of the copies.
  void ctx.services.lookForUnreadTexts();
  return answer;
}

/** Parents before children; what this person may not see is left out with all below it. */
async function readOriginals(tx: Tx, userId: string, id: string, all: boolean) {
  const rows = await tx.execute<Original>(sql`${withBelow(id)}
    select ${documents.id}, ${documents.parentId} as "parentId", ${documents.kind},
      ${documents.title}, ${documents.icon}, ${documents.rank}, ${documents.visibility},
      ${documents.frontMatter} as "frontMatter",
      ${documents.scopePath}[1] is not distinct from ${documents.id} as "hasOwnAccess"
    from ${documents}
    join below on below.id = ${documents.id}
    ${joinRoles(sql`${members.userId} = ${userId}`)}
    where ${documents.deletedAt} is null and ${documentRole} is not null
      and (${all}::boolean or ${documents.id} = ${id})
      and (${documents.archivedAt} is null or ${documents.id} = ${id})
    limit ${MOST + 1}`);
  if (rows.length > MOST) throw tooMany();
  const children = Map.groupBy(rows, (row) => row.parentId ?? "");
  const ordered = rows.filter((row) => row.id === id);
  for (const each of ordered) ordered.push(...(children.get(each.id) ?? []));
  return ordered;
}

type Copying = { copies: ReadonlyMap<string, string>; userId: string };

async function insertCopies(
  tx: Tx,
  originals: readonly Original[],
  { copies, userId, place }: Copying & { place: Place },
) {
  const scopes = new Map<string, string[]>();
  const rows = originals.map((original, index) => {
    const { kind, title, icon, rank, hasOwnAccess, frontMatter } = original;
    const id = invariant(copies.get(original.id), "each has a copy");
    const above = index > 0 ? copies.get(original.parentId ?? "") : undefined;
    const inherited = above ? (scopes.get(above) ?? []) : place.scopePath;
    const scopePath = hasOwnAccess ? [id, ...inherited] : inherited;
    scopes.set(id, scopePath);
    return {
      id,
      workspaceId: place.workspaceId,
      projectId: place.projectId,
      parentId: above ?? place.parentId,
      kind,
      title,
      icon,
      rank,
      visibility: hasOwnAccess ? original.visibility : ("inherited" as const),
      scopePath,
      isTemplate: false,
      updateSeq: 0,
      version: 1,
      frontMatter,
      createdBy: userId,
      createdAt: new Date(),
      updatedBy: userId,
      updatedAt: new Date(),
    };
  });
  await insertRows(tx, documents, rows);
}

/** Whoever makes a copy owns it where it has access of its own. */
async function copyMembers(tx: Tx, originals: readonly Original[], { copies, userId }: Copying) {
  const pairs = originals
    .filter(({ hasOwnAccess }) => hasOwnAccess)
    .map(({ id }) => ({ original: id, copy: copies.get(id) }));
  if (pairs.length === 0) return;
  const paired = sql`json_to_recordset(${JSON.stringify(pairs)}::text::json) as pair(original uuid, copy uuid)`;
  await tx.execute(sql`insert into ${documentMembers} (document_id, user_id, role, personal_role)
    select pair.copy, m.user_id, m.role, m.personal_role
    from ${paired} join ${documentMembers} m on m.document_id = pair.original`);
  await tx.execute(sql`insert into ${documentGroups} (document_id, group_id, role)
    select pair.copy, g.group_id, g.role
    from ${paired} join ${documentGroups} g on g.document_id = pair.original`);
  const owner = { userId, role: "owner", personalRole: "owner" } as const;
  await tx
    .insert(documentMembers)
    .values(pairs.map(({ copy }) => ({ documentId: String(copy), ...owner })))
    .onConflictDoUpdate({
      target: [documentMembers.documentId, documentMembers.userId],
      set: { role: owner.role, personalRole: owner.personalRole },
    });
}

const tooMany = () =>
  refused(
    "too_many",
    `Nothing was copied: it contains more than ${MOST} documents. Copy its parts one by one.`,
  );
