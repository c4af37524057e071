/** For tests: makes somebody a member as an accepted invitation does, without one. */
import type { WorkspaceRole } from "../src/core/access.ts";
import type { Services } from "../src/core/context.ts";
import { write } from "../src/core/write.ts";
import { putMember } from "../src/workspaces/members.ts";

export type NewMember = { workspaceId: string; userId: string; role: WorkspaceRole };

export async function addMember(services: Services, member: NewMember): Promise<void> {
  const { workspaceId, userId } = member;
  const asThem = { services, actor: { user: { id: userId, email: "", name: "" } }, path: "" };
  await write(asThem, workspaceId, (tx, record) => putMember(tx, record, member));
  services.signals.notifyUser(userId);
}
