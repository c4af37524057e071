import { schema } from "@guildhall/db";
import { eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { loadWorkspace, type Role } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { isEmptyPatch } from "../core/patch.ts";
import { demandOwnFactor, deriveAwaitsFactor, holdMembers } from "../core/rights/second-factor.ts";
import { write } from "../core/write.ts";
import { readWorkspaceRow } from "./queries.ts";

const { members, workspaces } = schema;

type Patch = {
  name?: string;
  defaultRole?: Role;
  inviterRole?: (typeof schema.inviterRoles)[number];
  exporterRole?: Role;
  projectVisibility?: (typeof schema.visibilities)[number];
  requiresSecondFactor?: boolean;
};

/** Changes the fields given; everybody who has the workspace open sees it. */
export async function updateWorkspace(
  ctx: MutationContext,
  { workspaceId: id, patch }: { workspaceId: string; patch: Patch },
) {
  let concerned: string[] = [];
  const answer = await write(ctx, id, async (tx, record) => {
    const { role, ...before } = await loadWorkspace(tx, ctx.actor.user.id, id, "owner");
    const { requiresSecondFactor = before.requiresSecondFactor } = patch;
    const isOtherRule = requiresSecondFactor !== before.requiresSecondFactor;
    if (isOtherRule && requiresSecondFactor) await demandOwnFactor(tx, ctx.actor.user.id);
    if (isOtherRule) await holdMembers(tx);
    if (!isEmptyPatch(patch)) await tx.update(workspaces).set(patch).where(eq(workspaces.id, id));
    if (isOtherRule) concerned = await deriveAwaitsFactor(tx, eq(members.workspaceId, id));
    const row = await readWorkspaceRow(tx, id);
    record({ entity: "workspace", id, op: "update", row });
    await recordAudit(tx, ctx, {
      ...{ action: "workspace.settingsChanged", workspaceId: id, subject: row },
      ...changedOf(before, patch),
    });
    return { ...row, role };
  });
  for (const userId of concerned) ctx.services.signals.notifyUser(userId);
  return answer;
}

/** What is noted of it: only what is another value now. */
function changedOf(before: Patch, patch: Patch) {
  const names = Object.keys(patch).filter(
    (name): name is keyof Patch => patch[name as keyof Patch] !== before[name as keyof Patch],
  );
  const of = (row: Patch) => Object.fromEntries(names.map((name) => [name, row[name]]));
  return { before: of(before), after: of(patch) };
}
