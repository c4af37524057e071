import { loadWorkspace } from "../core/access.ts";
import type { ActorContext } from "../core/context.ts";
import { requireAdministrator } from "../core/rights/administrators.ts";

/** The name of what is audited, for its owner: a workspace's owners, the server's administrators. */
export async function authoriseAudit(
  { services, actor }: Pick<ActorContext, "services" | "actor">,
  workspaceId: string | null,
): Promise<string> {
  if (workspaceId === null) {
    await requireAdministrator(services.db, actor.user.id);
    return "Guildhall";
  }
  return (await loadWorkspace(services.db, actor.user.id, workspaceId, "owner")).name;
}
