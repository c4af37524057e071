import { personName } from "../../audit/person-name.ts";
import { recordAudit } from "../../audit/record-audit.ts";
import type { Role } from "../../core/access.ts";
import type { MutationContext } from "../../core/context.ts";
import { refused } from "../../core/errors.ts";
import { lockWorkspace } from "../../core/rights/lock-tree.ts";
import { loadMember } from "../../core/visibility/people-seen.ts";
import { write } from "../../core/write.ts";
import { notifyInvited } from "../invitations.ts";
import { changeRole, dropMember, roleOf, setRole } from "../members.ts";
import type { Ended } from "../settle-roles.ts";

type Input = {
  workspaceId: string;
  /** Who becomes an owner. */
  userId: string;
  /** What its owner is afterwards; `leave`: no member. */
  afterwards: Role | "leave";
};

/** One step for both: there is no moment without an owner, and none in which it failed halfway. */
export async function handOver(ctx: MutationContext, { workspaceId, userId, afterwards }: Input) {
  const me = ctx.actor.user;
  let ended: Ended = [];
  const answer = await write(ctx, workspaceId, async (tx, record) => {
    const workspace = await lockWorkspace(tx, me.id, workspaceId, "owner");
    if (userId === me.id) {
      throw refused("bad_input", "Nothing was changed: choose someone other than yourself.");
    }
    await loadMember(tx, me.id, { workspaceId, userId });
    // Both are held in one order, as by two who hand over to each other.
    const was = new Map<string, string | null>();
    for (const id of [userId, me.id].sort())
      was.set(id, await roleOf(tx, { workspaceId, userId: id }));
    const heir = { id: userId, name: await personName(tx, userId) };
    await recordAudit(tx, ctx, {
      ...{ action: "workspace.handedOver", workspaceId, subject: workspace },
      ...{
        before: { role: was.get(userId) },
        after: { person: heir.name, role: "owner", afterwards },
      },
    });
    const set = await changeRole(tx, record, { workspaceId, userId, role: "owner" });
    const mine = { workspaceId, userId: me.id };
    ended = [
      ...set.ended,
      ...(afterwards === "leave"
        ? await dropMember(tx, record, mine)
        : (await setRole(tx, record, { ...mine, role: afterwards })).ended),
    ];
    return { workspaceId, userId, afterwards };
  });
  for (const id of [userId, me.id]) ctx.services.signals.notifyUser(id);
  notifyInvited(ctx.services, ended);
  return answer;
}
