/**
 * What a provider's claim gives somebody in workspaces, applied when they sign in: they become members,
 * or get the higher role, and lose it when the claim has gone. What they were given by hand stays, and
 * holds again then; whoever changes a role by hand meanwhile has given it by hand. Nobody's claim leaves
 * a workspace without an owner.
 */
import { schema, type Tx } from "@guildhall/db";
import { workspaceRoles } from "@guildhall/db/lists";
import { and, eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { WorkspaceRole as Role } from "../core/access.ts";
import type { Context, IdentityProvider } from "../core/context.ts";
import { GuildhallError } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { write } from "../core/write.ts";
import { deletedRoleOf, setDeletedRole } from "../workspaces/deletion/deleted-members.ts";
import { notifyInvited } from "../workspaces/invitations.ts";
import { dropMember, lastOwner, putMember, roleOf, setRole } from "../workspaces/members.ts";
import type { Ended } from "../workspaces/settle-roles.ts";

const { claimedRoles, workspaces } = schema;

type User = { id: string; email: string; name: string };
type Identity = { user: User; identityId: string };

const higher = (a: Role, b: Role): Role =>
  workspaceRoles.indexOf(a) < workspaceRoles.indexOf(b) ? a : b;

/** By workspace, the highest of what these values give there. */
export function wantedRoles(provider: IdentityProvider, groups: string[]): Map<string, Role> {
  const wanted = new Map<string, Role>();
  for (const { value, workspaceId, role } of provider.roles) {
    if (value !== "*" && !groups.includes(value)) continue;
    const other = wanted.get(workspaceId);
    wanted.set(workspaceId, other ? higher(other, role) : role);
  }
  return wanted;
}

/** With an empty map takes all of it away, as when an identity is disconnected. */
export async function applyRoles(
  ctx: Context,
  { user, identityId }: Identity,
  wanted: Map<string, Role>,
): Promise<void> {
  const { services } = ctx;
  const before = await services.db
    .select()
    .from(claimedRoles)
    .where(eq(claimedRoles.identityId, identityId));
  const places = new Set([...wanted.keys(), ...before.map(({ workspaceId }) => workspaceId)]);
  let isChanged = false;
  for (const workspaceId of places) {
    const place = { workspaceId, user, identityId, role: wanted.get(workspaceId) ?? null };
    isChanged = (await applyRole(ctx, place)) || isChanged;
  }
  if (isChanged) services.signals.notifyUser(user.id);
}

type Place = { workspaceId: string; user: User; identityId: string; role: Role | null };

/** True when the person has another role there now. */
async function applyRole({ services, client }: Context, place: Place): Promise<boolean> {
  const { workspaceId, user } = place;
  const by = { actor: { user } };
  try {
    const ended = await write(
      { services, ...by, path: "auth.claims" },
      workspaceId,
      async (tx, record) => {
        const settled = await settle(tx, record, place);
        if (!settled) return null;
        const { before, after, ended } = settled;
        await recordAudit(
          tx,
          { ...by, client },
          {
            ...{ action: "member.roleByClaim", workspaceId, subject: user },
            ...{ before: { role: before }, after: { role: after } },
          },
        );
        return ended;
      },
    );
    notifyInvited(services, ended ?? []);
    return ended !== null;
  } catch (error) {
    if (!(error instanceof GuildhallError) || error.reason !== "last_owner") throw error;
    services.config.log.warn(
      { workspaceId, userId: user.id },
      "A claim that is gone would leave a workspace without an owner: the role stays.",
    );
    return false;
  }
}

/** Null when nothing has to change; else the role before and after, and the invitations that ended by it. */
async function settle(
  tx: Tx,
  record: RecordChange,
  { workspaceId, user, identityId, role }: Place,
): Promise<{ before: Role | null; after: Role | null; ended: Ended } | null> {
  const member = { workspaceId, userId: user.id };
  const at = and(eq(claimedRoles.userId, user.id), eq(claimedRoles.workspaceId, workspaceId));
  const where = eq(workspaces.id, workspaceId);
  const [place] = await tx
    .select({ deletedAt: workspaces.deletedAt })
    .from(workspaces)
    .where(where);
  // Named in the settings, and erased since or never there.
  if (!place) return null;
  // Held, so that it is not restored meanwhile with what this takes away.
  if (place.deletedAt) await tx.select().from(workspaces).where(where).for("no key update");
  const now = await (place.deletedAt ? deletedRoleOf(tx, member) : roleOf(tx, member));
  const [claimed] = await tx.select().from(claimedRoles).where(at);
  // Another role than the claim gave: somebody has set it since.
  const byHand = claimed && claimed.role === now ? claimed.byHand : now;
  const next = role && byHand ? higher(role, byHand) : (role ?? byHand);
  if (role && role === next) {
    const row = { identityId, role, byHand };
    await tx
      .insert(claimedRoles)
      .values({ ...member, ...row })
      .onConflictDoUpdate({ target: [claimedRoles.userId, claimedRoles.workspaceId], set: row });
  } else if (claimed) await tx.delete(claimedRoles).where(at);
  if (next === now) return null;
  if (place.deletedAt) {
    if (!(await setDeletedRole(tx, member, next))) throw lastOwner();
    return { before: now, after: next, ended: [] };
  }
  return { before: now, after: next, ended: await change(tx, record, { ...member, now, next }) };
}

type Step = { workspaceId: string; userId: string; now: Role | null; next: Role | null };

async function change(
  tx: Tx,
  record: RecordChange,
  { now, next, ...member }: Step,
): Promise<Ended> {
  if (!next) return dropMember(tx, record, member);
  if (now) return (await setRole(tx, record, { ...member, role: next })).ended;
  await putMember(tx, record, { ...member, role: next });
  return [];
}
