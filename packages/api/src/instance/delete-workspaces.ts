/** An administrator deletes a workspace and brings it back, as its owners do; they see nothing of it by that. */
import { schema } from "@guildhall/db";
import { and, eq, isNull } from "drizzle-orm";
import type { MutationContext } from "../core/context.ts";
import { notFound } from "../core/errors.ts";
import { requireAdministrator } from "../core/rights/administrators.ts";
import { write } from "../core/write.ts";
import { refuseOtherName } from "../erasure/deletion-days.ts";
import { bringBack, holdDeleted, putAway } from "../workspaces/deletion/delete-workspace.ts";

const { workspaces } = schema;

export async function deleteAnyWorkspace(
  ctx: MutationContext,
  { workspaceId, name }: { workspaceId: string; name: string },
) {
  let left: string[] = [];
  const answer = await write(ctx, workspaceId, async (tx, record) => {
    await requireAdministrator(tx, ctx.actor.user.id);
    const [workspace] = await tx
      .select({ id: workspaces.id, name: workspaces.name })
      .from(workspaces)
      .where(and(eq(workspaces.id, workspaceId), isNull(workspaces.deletedAt)));
    if (!workspace) throw notFound("workspace");
    refuseOtherName(name, workspace.name);
    const deleted = await putAway(tx, record, ctx, workspace);
    left = deleted.left;
    return deleted.answer;
  });
  for (const userId of left) ctx.services.signals.notifyUser(userId);
  return answer;
}

export async function restoreAnyWorkspace(
  ctx: MutationContext,
  { workspaceId }: { workspaceId: string },
) {
  let back: string[] = [];
  const answer = await write(ctx, workspaceId, async (tx, record) => {
    await requireAdministrator(tx, ctx.actor.user.id);
    const held = await holdDeleted(tx, workspaceId);
    if (!held) throw notFound("workspace");
    const restored = await bringBack(tx, record, ctx, held);
    back = restored.back;
    return { id: held.id, name: held.name };
  });
  for (const userId of back) ctx.services.signals.notifyUser(userId);
  return answer;
}
