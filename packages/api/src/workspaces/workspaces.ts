import { schema } from "@guildhall/db";
import { and, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { recordAudit } from "../audit/record-audit.ts";
import { loadWorkspace } from "../core/access.ts";
import type { ActorContext, MutationContext } from "../core/context.ts";
import { readCursor } from "../core/feed/read-feed.ts";
import { snapshot, write } from "../core/write.ts";
import { listProjects } from "../projects/queries.ts";
import { listGroups, listGroupsOfGuest } from "./groups/queries.ts";
import { putMember } from "./members.ts";
import { listMembers, readWorkspaceRow } from "./queries.ts";

const { members, workspaces } = schema;

/** Its maker is its first owner. */
export function createWorkspace(ctx: MutationContext, input: { id?: string; name: string }) {
  const id = input.id ?? uuidv7();
  return write(ctx, id, async (tx, record) => {
    await tx.insert(workspaces).values({ id, name: input.name });
    const row = await readWorkspaceRow(tx, id);
    record({ entity: "workspace", id, op: "insert", row });
    await recordAudit(tx, ctx, { action: "workspace.created", workspaceId: id, subject: row });
    const userId = ctx.actor.user.id;
    await putMember(tx, record, { workspaceId: id, userId, role: "owner" });
    const [mine] = await tx
      .select({ awaitsFactor: members.awaitsFactor })
      .from(members)
      .where(and(eq(members.workspaceId, id), eq(members.userId, userId)));
    return { ...row, role: "owner" as const, awaitsFactor: mine?.awaitsFactor ?? false };
  });
}

/** Everything that a page needs before it shows a workspace, with the place in the feed to go on from. */
export function openWorkspace(ctx: ActorContext, workspaceId: string) {
  const userId = ctx.actor.user.id;
  return snapshot(ctx.services.db, async (tx) => {
    const { role } = await loadWorkspace(tx, userId, workspaceId, "guest");
    const { seq, epoch } = await readCursor(tx, workspaceId);
    return {
      ...(await readWorkspaceRow(tx, workspaceId)),
      role,
      seq,
      epoch,
      members: await listMembers(tx, userId, workspaceId),
      groups:
        role === "guest"
          ? await listGroupsOfGuest(tx, userId, workspaceId)
          : await listGroups(tx, workspaceId),
      projects: await listProjects(tx, userId, workspaceId),
    };
  });
}
