/**
 * Groups are the workspace's owners': they make them, say who is in them and what they may do. So what
 * somebody gives through a group is never more than they may give by name.
 */
import { schema, type Tx } from "@guildhall/db";
import { and, eq, ne, sql } from "drizzle-orm";
import type { MutationContext } from "../../core/context.ts";
import { asMissing, refused } from "../../core/errors.ts";
import type { RecordChange } from "../../core/feed/change.ts";
import { lockWorkspace } from "../../core/rights/lock-tree.ts";
import { write } from "../../core/write.ts";
import { notifyInvited } from "../invitations.ts";
import { type SettledRoles, settleRoles } from "../settle-roles.ts";
import { workspaceOfGroup } from "./queries.ts";

const { changes, groups } = schema;

/** Every page of the workspace holds all of them. */
const MOST = 500;

/** Under the lock of the tree. */
export async function refuseTooMany(tx: Tx, workspaceId: string) {
  if ((await tx.$count(groups, eq(groups.workspaceId, workspaceId))) < MOST) return;
  throw refused(
    "too_many_groups",
    `Nothing was saved: a workspace can have ${MOST} groups. Delete one that is no longer used, then try again.`,
  );
}

type Named = { workspaceId: string; id: string; name?: string; handle?: string };

/** Which of the two another group of the workspace has. Under the lock of the tree. */
export async function takenNames(tx: Tx, { workspaceId, id, name, handle }: Named) {
  const others = and(eq(groups.workspaceId, workspaceId), ne(groups.id, id));
  const isNamed = sql`lower(${groups.name}) = lower(${name})`;
  const isCalled = eq(groups.handle, handle ?? "");
  return {
    name: name !== undefined && (await tx.$count(groups, and(others, isNamed))) > 0,
    handle: handle !== undefined && (await tx.$count(groups, and(others, isCalled))) > 0,
  };
}

export async function refuseTaken(tx: Tx, named: Named) {
  const taken = await takenNames(tx, named);
  if (!taken.name && !taken.handle) return;
  throw refused(
    "name_taken",
    `Nothing was saved: another group already has this ${taken.name ? "name" : "handle"}. Choose a different one.`,
  );
}

type Held = {
  workspaceId: string;
  tx: Tx;
  record: RecordChange;
  /** Gives these people what `change` gives them or their groups; it may be called once. */
  settle: (userIds: string[], change: () => Promise<unknown>) => Promise<void>;
};

type FindWorkspace = (tx: Tx, userId: string) => Promise<string>;

export const inWorkspace =
  (workspaceId: string): FindWorkspace =>
  async () =>
    workspaceId;

export const ofGroup =
  (id: string): FindWorkspace =>
  (tx, userId) =>
    workspaceOfGroup(tx, userId, id);

/** What a person would take back may have been deleted since: the feed says whose it was. */
export const ofUndone =
  (id: string, by: { mutationId: string; actorId: string }): FindWorkspace =>
  async (tx, userId) => {
    const [told] = await tx
      .select({ workspaceId: changes.workspaceId })
      .from(changes)
      .where(
        and(
          ...[eq(changes.entityId, id), eq(changes.entity, "group")],
          ...[eq(changes.mutationId, by.mutationId), eq(changes.actorId, by.actorId)],
        ),
      )
      .limit(1);
    return told?.workspaceId ?? ofGroup(id)(tx, userId);
  };

/** Runs a change of groups as an owner of the workspace, while nobody else changes anybody's rights. */
export async function changeGroups<T>(
  ctx: MutationContext,
  find: { workspace: FindWorkspace; what: "workspace" | "group" },
  change: (held: Held) => Promise<T>,
): Promise<T> {
  let settled: SettledRoles = { affected: [], ended: [] };
  const answer = await write(ctx, null, async (tx, recordIn) => {
    const workspaceId = await find.workspace(tx, ctx.actor.user.id);
    await lockWorkspace(tx, ctx.actor.user.id, workspaceId, "owner").catch(asMissing(find.what));
    const record: RecordChange = (each) => recordIn({ workspaceId, ...each });
    const settle: Held["settle"] = async (userIds, give) => {
      settled = await settleRoles(tx, record, { workspaceId, userIds }, async () => {
        await give();
        return [];
      });
    };
    return change({ workspaceId, tx, record, settle });
  });
  for (const person of settled.affected) ctx.services.signals.notifyUser(person);
  notifyInvited(ctx.services, settled.ended);
  return answer;
}
