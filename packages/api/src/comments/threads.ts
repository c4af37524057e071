import { schema, type Tx } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { loadDocument, type Role, scopeOf } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { notFound } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { undoRow } from "../core/feed/undo-row.ts";
import { write } from "../core/write.ts";
import { type LoadedThread, loadThread } from "./load-thread.ts";
import { readComment, readThread } from "./queries.ts";

const { comments, documentThreads } = schema;

export type Anchor = typeof documentThreads.$inferSelect.anchor;

type NewThread = {
  id?: string | undefined;
  documentId: string;
  anchor: Anchor;
  quote: string;
  comment: { id?: string | undefined; body: string };
};

/** Whoever may read a document may talk about it, viewers too. A thread begins with a comment. */
export async function beginThread(ctx: MutationContext, input: NewThread) {
  const userId = ctx.actor.user.id;
  const { id = uuidv7(), documentId, anchor, quote, comment } = input;
  return write(ctx, null, async (tx, record) => {
    const document = await loadDocument(tx, userId, documentId, "viewer");
    if (document.kind !== "document") throw notFound("document");
    const { workspaceId } = document;
    const commentId = comment.id ?? uuidv7();
    await tx.insert(documentThreads).values({ id, documentId, anchor, quote, createdBy: userId });
    const said = { id: commentId, threadId: id, authorId: userId, body: comment.body };
    await tx.insert(comments).values(said);
    const place = { op: "insert", scopeId: scopeOf(document), workspaceId } as const;
    const thread = await readThread(tx, id);
    const first = await readComment(tx, commentId);
    record({ entity: "documentThread", id, row: thread, ...place });
    record({ entity: "comment", id: commentId, row: first, ...place });
    return { thread, comment: first };
  });
}

type Asked = { id: string; need: Role };
type Change<T> = (tx: Tx, record: RecordChange, thread: LoadedThread) => Promise<T>;

async function changeThread<T>(ctx: MutationContext, { id, need }: Asked, change: Change<T>) {
  const userId = ctx.actor.user.id;
  const { workspaceId } = await loadThread(ctx.services.db, userId, id, { need });
  return write(ctx, workspaceId, async (tx, record) =>
    change(tx, record, await loadThread(tx, userId, id, { need, lock: true })),
  );
}

type Patch = Partial<typeof documentThreads.$inferInsert>;

async function patchThread(tx: Tx, record: RecordChange, thread: LoadedThread, patch: Patch) {
  await tx.update(documentThreads).set(patch).where(eq(documentThreads.id, thread.id));
  const row = await readThread(tx, thread.id);
  record({ entity: "documentThread", id: row.id, op: "update", row, scopeId: thread.scopeId });
  return row;
}

/** By anybody who may take part in it. What is resolved already stays as it was. */
export const resolveThread = (ctx: MutationContext, { id }: { id: string }) =>
  changeThread(ctx, { id, need: "viewer" }, (tx, record, thread) =>
    thread.resolvedAt
      ? readThread(tx, id)
      : patchThread(tx, record, thread, {
          resolvedAt: new Date(),
          resolvedBy: ctx.actor.user.id,
        }),
  );

export const reopenThread = (ctx: MutationContext, { id }: { id: string }) =>
  changeThread(ctx, { id, need: "viewer" }, (tx, record, thread) =>
    thread.resolvedAt
      ? patchThread(tx, record, thread, { resolvedAt: null, resolvedBy: null })
      : readThread(tx, id),
  );

/**
 * Puts a thread back on its text. Splitting or joining paragraphs moves text to new places in the
 * Yjs document, and the old ones are gone; the editor in which it was done knows where it went.
 */
export const reanchorThread = (
  ctx: MutationContext,
  { id, anchor }: { id: string; anchor: Anchor },
) =>
  changeThread(ctx, { id, need: "editor" }, (tx, record, thread) =>
    patchThread(tx, record, thread, { anchor }),
  );

/** `of`: the id of one's own mutation that resolved or reopened it. */
export const undoThread = (ctx: MutationContext, { id, of }: { id: string; of: string }) =>
  changeThread(ctx, { id, need: "viewer" }, (tx, record, thread) =>
    undoRow(tx, {
      thing: { entity: "documentThread", id, workspaceId: thread.workspaceId },
      by: { mutationId: of, actorId: ctx.actor.user.id },
      isDeleted: false,
      fields: [["resolvedAt", "resolvedBy"]],
      read: () => readThread(tx, id),
      set: async (values) => {
        await patchThread(tx, record, thread, values);
        return [];
      },
    }),
  );
