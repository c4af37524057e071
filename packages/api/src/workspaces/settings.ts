import { schema } from "@guildhall/db";
import { eq, not } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { loadWorkspace, type Role } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { isEmptyPatch } from "../core/patch.ts";
import { demandOwnFactor, deriveAwaitsFactor, holdMembers } from "../core/rights/second-factor.ts";
import { write } from "../core/write.ts";
import { makerMayStill } from "./invitation-rights.ts";
import { notifyInvited } from "./invitations.ts";
import { readWorkspaceRow } from "./queries.ts";
import { type Ended, endInvitations } from "./settle-roles.ts";

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
  let ended: Ended = [];
  const answer = await write(ctx, id, async (tx, record) => {
    const { role, ...before } = await loadWorkspace(tx, ctx.actor.user.id, id, "owner");
    const { requiresSecondFactor = before.requiresSecondFactor } = patch;
    const isOtherRule = requiresSecondFactor !== before.requiresSecondFactor;
    if (isOtherRule && requiresSecondFactor) await demandOwnFactor(tx, ctx.actor.user.id);
    if (isOtherRule) await holdMembers(tx);
    if (!isEmptyPatch(patch)) await tx.update(workspaces).set(patch).where(eq(workspaces.id, id));
    if (isOtherRule) concerned = await deriveAwaitsFactor(tx, eq(members.workspaceId, id));
    // For good: owners who allow it again do not mean what was sent before.
    if (patch.inviterRole) {
      ended = await endInvitations(tx, record, { workspaceId: id, which: not(makerMayStill) });
    }
    const row = await readWorkspaceRow(tx, id);
    record({ entity: "workspace", id, op: "update", row });
    const { before: was, after } = changedOf(before, patch);
    await recordAudit(tx, ctx, {
      ...{ action: "workspace.settingsChanged", workspaceId: id, subject: row, before: was },
      after: { ...after, ...(ended.length > 0 && { invitationsRevoked: ended.length }) },
    });
    return { ...row, role };
  });
  for (const userId of concerned) ctx.services.signals.notifyUser(userId);
  notifyInvited(ctx.services, ended);
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
