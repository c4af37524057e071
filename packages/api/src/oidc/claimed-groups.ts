/**
 * The groups that a provider's claim puts somebody into, in workspaces of which they are a member, applied
 * when they sign in. Only groups that are there: which there are, and what they may do, is their owners'
 * word. A membership that was made by hand stays, whatever the provider says.
 */
import { schema, type Tx } from "@guildhall/db";
import { and, eq, inArray, or, sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Context, IdentityProvider } from "../core/context.ts";
import { write } from "../core/write.ts";
import { setGroupsOfMember } from "../workspaces/groups/members.ts";
import { notifyInvited } from "../workspaces/invitations.ts";
import type { SettledRoles } from "../workspaces/settle-roles.ts";

const { groupMembers, groups, members } = schema;

type User = { id: string; email: string; name: string };
/** By workspace, in small letters: names or handles. */
type Wanted = Map<string, Set<string>>;

export function wantedGroups(provider: IdentityProvider, values: string[]): Wanted {
  const wanted: Wanted = new Map();
  const has = new Set(values);
  for (const { value, workspaceId, group } of provider.groups) {
    const names = wanted.get(workspaceId) ?? new Set();
    // Noted too when nothing is wanted there: it may have been.
    wanted.set(workspaceId, names);
    // `* -> …:*`: whatever is in the claim is called the same here.
    if (value === "*" && group === "*") for (const each of values) names.add(each.toLowerCase());
    else if (value === "*" || has.has(value)) names.add(group.toLowerCase());
  }
  return wanted;
}

/** With an empty map takes all of them away, as when an identity is disconnected. */
export async function applyGroups(
  ctx: Context,
  user: User,
  managedBy: string,
  wanted: Wanted,
): Promise<void> {
  const { db } = ctx.services;
  const before = await db
    .selectDistinct({ workspaceId: groupMembers.workspaceId })
    .from(groupMembers)
    .where(and(eq(groupMembers.userId, user.id), eq(groupMembers.managedBy, managedBy)));
  const places = new Set([...wanted.keys(), ...before.map(({ workspaceId }) => workspaceId)]);
  for (const workspaceId of places) {
    const names = [...(wanted.get(workspaceId) ?? [])];
    await applyIn(ctx, { workspaceId, user, managedBy, names });
  }
}

type Place = { workspaceId: string; user: User; managedBy: string; names: string[] };

async function applyIn({ services, client }: Context, place: Place): Promise<void> {
  const { workspaceId, user, managedBy } = place;
  const by = { actor: { user } };
  if (!(await compare(services.db, place)).isChanged) return;
  const settled = await write(
    { services, ...by, path: "auth.claims" },
    workspaceId,
    async (tx, record): Promise<SettledRoles> => {
      const { groupIds, isChanged } = await compare(tx, place);
      if (!isChanged) return { affected: [], ended: [] };
      const before = await namesOfGroups(tx, workspaceId, user.id);
      const member = { workspaceId, userId: user.id, groupIds, managedBy };
      const settled = await setGroupsOfMember(tx, record, member);
      await recordAudit(
        tx,
        { ...by, client },
        {
          ...{ action: "member.groupsByClaim", workspaceId, subject: user },
          before: { groups: before },
          after: { groups: await namesOfGroups(tx, workspaceId, user.id) },
        },
      );
      return settled;
    },
  );
  for (const person of settled.affected) services.signals.notifyUser(person);
  notifyInvited(services, settled.ended);
}

/** The groups that the names are of, and whether anything has to change for them. */
async function compare(q: Tx | Context["services"]["db"], { workspaceId, user, ...place }: Place) {
  const { names, managedBy } = place;
  const here = { workspaceId, userId: user.id };
  const isMember = and(eq(members.workspaceId, workspaceId), eq(members.userId, user.id));
  const isNamed = or(inArray(sql`lower(${groups.name})`, names), inArray(groups.handle, names));
  const found =
    names.length > 0 && (await q.$count(members, isMember)) > 0
      ? await q
          .select({ id: groups.id })
          .from(groups)
          .where(and(eq(groups.workspaceId, workspaceId), isNamed))
      : [];
  const groupIds = found.map(({ id }) => id);
  const now = await q
    .select({ id: groupMembers.groupId, managedBy: groupMembers.managedBy })
    .from(groupMembers)
    .where(
      and(eq(groupMembers.workspaceId, here.workspaceId), eq(groupMembers.userId, here.userId)),
    );
  const isIn = new Set(now.map(({ id }) => id));
  const isChanged =
    groupIds.some((id) => !isIn.has(id)) ||
    now.some((each) => each.managedBy === managedBy && !groupIds.includes(each.id));
  return { groupIds, isChanged };
}

async function namesOfGroups(tx: Tx, workspaceId: string, userId: string) {
  const rows = await tx
    .select({ name: groups.name })
    .from(groupMembers)
    .innerJoin(groups, eq(groups.id, groupMembers.groupId))
    .where(and(eq(groupMembers.workspaceId, workspaceId), eq(groupMembers.userId, userId)))
    .orderBy(groups.name);
  return rows.map(({ name }) => name);
}
