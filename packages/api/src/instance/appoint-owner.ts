/** A workspace that nobody looks after any more gets an owner: an administrator, or a member whom they choose. */
import { type Queryable, schema, type Tx } from "@guildhall/db";
import { and, asc, eq, isNull, ne } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { recordAudit } from "../audit/record-audit.ts";
import type { MutationContext } from "../core/context.ts";
import { notFound, refused } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { requireAdministrator } from "../core/rights/administrators.ts";
import { lockTree } from "../core/rights/lock-tree.ts";
import { write } from "../core/write.ts";
import { addNotifications } from "../notifications/add-notifications.ts";
import { notifyInvited } from "../workspaces/invitations.ts";
import { countOwners, isActive, putMember, roleOf, setRole } from "../workspaces/members.ts";
import type { Ended } from "../workspaces/settle-roles.ts";

const { members, users, workspaces } = schema;

type Appointed = {
  workspaceId: string /** A member; without one, whoever asks. */;
  userId?: string;
};

export async function appointOwner(
  ctx: MutationContext,
  { workspaceId, userId = ctx.actor.user.id }: Appointed,
) {
  let ended: Ended = [];
  const answer = await write(ctx, workspaceId, async (tx, record) => {
    await requireAdministrator(tx, ctx.actor.user.id);
    // In the order in which a change of a role holds them.
    const was = await roleOf(tx, { workspaceId, userId });
    await lockTree(tx, workspaceId);
    const workspace = await holdOwnerless(tx, workspaceId);
    const person = await openAccountOf(tx, userId);
    if (was === null && userId !== ctx.actor.user.id) throw notAMember(person.name);
    const member = { workspaceId, userId, role: "owner" } as const;
    if (was === null) await putMember(tx, record, member);
    else ended = (await setRole(tx, record, member)).ended;
    await recordAudit(tx, ctx, {
      ...{ action: "workspace.ownershipTaken", workspaceId, subject: workspace },
      ...{ before: { owner: null }, after: { owner: person.name } },
    });
    await tell(tx, record, ctx, { workspaceId, person });
    return { workspaceId, userId, name: person.name };
  });
  ctx.services.signals.notifyUser(userId);
  notifyInvited(ctx.services, ended);
  return answer;
}

const isOpen = (workspaceId: string) =>
  and(eq(workspaces.id, workspaceId), isNull(workspaces.deletedAt));

/** Held, so that of two administrators one appoints. */
async function holdOwnerless(tx: Tx, workspaceId: string) {
  const [workspace] = await tx
    .select({ id: workspaces.id, name: workspaces.name })
    .from(workspaces)
    .where(isOpen(workspaceId))
    .for("no key update");
  if (!workspace) throw notFound("workspace");
  if ((await countOwners(tx, workspaceId)) > 0) throw hasOwner();
  return workspace;
}

async function openAccountOf(tx: Tx, userId: string) {
  const [person] = await tx
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(eq(users.id, userId), isActive));
  if (!person) throw notFound("account");
  return person;
}

type Told = { workspaceId: string; person: { id: string; name: string } };

/** All of its people but guests, who know of nobody but those at their places. */
async function tell(
  tx: Tx,
  record: RecordChange,
  ctx: MutationContext,
  { workspaceId, person }: Told,
) {
  const rows = await tx
    .select({ id: members.userId })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), ne(members.role, "guest")));
  const { sendsMail } = ctx.services.config;
  const me = ctx.actor.user.id;
  const others = rows.map(({ id }) => id).filter((id) => id !== person.id && id !== me);
  const cause = `${workspaceId}/${uuidv7()}`;
  // Nobody of the workspace did it.
  const by = { kind: "ownerAppointed", actorId: null } as const;
  const told = await addNotifications(tx, { workspaceId, sendsMail }, [
    { ...by, concern: { people: others, cause, detail: person.name } },
    { ...by, concern: { people: person.id === me ? [] : [person.id], cause, detail: null } },
  ]);
  for (const each of told) record(each);
}

/** Whom an administrator can appoint: members of a workspace without an owner, and of no other. */
export async function listCandidates(q: Queryable, workspaceId: string) {
  const [workspace] = await q.select().from(workspaces).where(isOpen(workspaceId));
  if (!workspace) throw notFound("workspace");
  if ((await countOwners(q, workspaceId)) > 0) throw hasOwner();
  return q
    .select({ userId: users.id, name: users.name, email: users.email, role: members.role })
    .from(members)
    .innerJoin(users, and(eq(users.id, members.userId), isActive))
    .where(eq(members.workspaceId, workspaceId))
    .orderBy(asc(users.name), asc(users.id))
    .limit(1_000);
}

const hasOwner = () =>
  refused(
    "has_owner",
    "Nothing was changed: this workspace has an owner with an open account. Ask them.",
  );

const notAMember = (name: string) =>
  refused(
    "not_a_member",
    `Nothing was changed: ${name} isn't a member of this workspace any more. Choose someone else.`,
  );
