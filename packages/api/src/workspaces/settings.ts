import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { loadWorkspace, type Role, type WorkspaceRole } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { isEmptyPatch } from "../core/patch.ts";
import { write } from "../core/write.ts";
import { readWorkspaceRow } from "./queries.ts";

const { workspaces } = schema;

type Patch = {
  name?: string;
  defaultRole?: WorkspaceRole;
  inviterRole?: (typeof schema.inviterRoles)[number];
  exporterRole?: Role;
  projectVisibility?: (typeof schema.visibilities)[number];
  requiresSecondFactor?: boolean;
};

/** Changes the fields given; everybody who has the workspace open sees it. */
export function updateWorkspace(
  ctx: MutationContext,
  { workspaceId: id, patch }: { workspaceId: string; patch: Patch },
) {
  return write(ctx, id, async (tx, record) => {
    const { role } = await loadWorkspace(tx, ctx.actor.user.id, id, "owner");
    if (!isEmptyPatch(patch)) await tx.update(workspaces).set(patch).where(eq(workspaces.id, id));
    const row = await readWorkspaceRow(tx, id);
    record({ entity: "workspace", id, op: "update", row });
    return { ...row, role };
  });
}
