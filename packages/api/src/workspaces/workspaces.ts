import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { loadWorkspace } from "../core/access.ts";
import type { ActorContext, MutationContext } from "../core/context.ts";
import { readCursor } from "../core/feed/read-feed.ts";
import { snapshot, write } from "../core/write.ts";
import { listProjects } from "../projects/queries.ts";
import { putMember } from "./members.ts";
import { listMembers } from "./queries.ts";

const { workspaces } = schema;

/** Its maker is its first owner. */
export function createWorkspace(ctx: MutationContext, input: { id?: string; name: string }) {
  const id = input.id ?? uuidv7();
  return write(ctx, id, async (tx, record) => {
    const row = { id, name: input.name, createdAt: new Date() };
    await tx.insert(workspaces).values(row);
    record({ entity: "workspace", id, op: "insert", row });
    const userId = ctx.actor.user.id;
    await putMember(tx, record, { workspaceId: id, userId, role: "owner" });
    return { ...row, role: "owner" as const };
  });
}

export function renameWorkspace(
  ctx: MutationContext,
  input: { workspaceId: string; name: string },
) {
  return write(ctx, input.workspaceId, async (tx, record) => {
    const { id, createdAt, role } = await loadWorkspace(
      tx,
      ctx.actor.user.id,
      input.workspaceId,
      "owner",
    );
    await tx.update(workspaces).set({ name: input.name }).where(eq(workspaces.id, id));
    const row = { id, name: input.name, createdAt };
    record({ entity: "workspace", id, op: "update", row });
    return { ...row, role };
  });
}

/** Everything that a page needs before it shows a workspace, with the place in the feed to go on from. */
export function openWorkspace(ctx: ActorContext, workspaceId: string) {
  const userId = ctx.actor.user.id;
  return snapshot(ctx.services.db, async (tx) => {
    const { id, name, createdAt, role } = await loadWorkspace(tx, userId, workspaceId, "guest");
    const { seq, epoch } = await readCursor(tx, workspaceId);
    return {
      id,
      name,
      createdAt,
      role,
      seq,
      epoch,
      members: await listMembers(tx, userId, workspaceId),
      projects: await listProjects(tx, userId, workspaceId),
    };
  });
}
