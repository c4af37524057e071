import { type Queryable, schema } from "@guildhall/db";
import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { invariant } from "../core/errors.ts";
import { readPeopleSeen } from "../core/visibility/people-seen.ts";
import { shownName } from "../core/visibility/shown-name.ts";

const { workspaces, members, users } = schema;

export type WorkspaceRow = Awaited<ReturnType<typeof readWorkspaceRow>>;
type MemberRow = Awaited<ReturnType<typeof listMembers>>[number];

declare module "../core/feed/change.ts" {
  interface ChangeRows {
    workspace: WorkspaceRow;
    /** The change's id is the person's. */
    member: MemberRow;
  }
}

export const workspaceColumns = {
  id: workspaces.id,
  name: workspaces.name,
  createdAt: workspaces.createdAt,
  pictureKey: workspaces.pictureKey,
  defaultRole: workspaces.defaultRole,
  inviterRole: workspaces.inviterRole,
  exporterRole: workspaces.exporterRole,
  projectVisibility: workspaces.projectVisibility,
  requiresSecondFactor: workspaces.requiresSecondFactor,
};

/** What the feed says of it. For verbs that have already authorised. */
export async function readWorkspaceRow(q: Queryable, id: string) {
  const [row] = await q.select(workspaceColumns).from(workspaces).where(eq(workspaces.id, id));
  return invariant(row, "a workspace that was just loaded");
}

/** Without addresses: everybody sees who is here, and viewers see names. */
const memberColumns = {
  workspaceId: members.workspaceId,
  userId: members.userId,
  role: members.role,
  /** As it was given to them by name: their groups may give them more. */
  personalRole: members.personalRole,
  name: shownName.as("shown_name"),
  pictureKey: users.pictureKey,
  /** Their work has their name; they are not here, unless they open their account again. */
  isClosed: sql<boolean>`${users.closedAt} is not null`.as("is_closed"),
  joinedAt: sql`${members.createdAt}`.mapWith(members.createdAt).as("joined_at"),
};

export const listWorkspaces = (q: Queryable, userId: string) =>
  q
    .select({
      ...workspaceColumns,
      role: members.role,
      /** Nothing of it is shown before this person has a second factor. */
      awaitsFactor: members.awaitsFactor,
    })
    .from(workspaces)
    .innerJoin(members, and(eq(members.workspaceId, workspaces.id), eq(members.userId, userId)))
    .orderBy(asc(workspaces.createdAt));

/** Those whom this person sees: all of them, unless they are a guest. */
export async function listMembers(q: Queryable, userId: string, workspaceId: string) {
  const people = await readPeopleSeen(q, userId, workspaceId);
  return q
    .select(memberColumns)
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(members.workspaceId, workspaceId),
        people ? inArray(members.userId, [...people]) : undefined,
      ),
    )
    .orderBy(sql`shown_name`, asc(users.id));
}

/** For those who work with them; not in the feed, which viewers follow too. */
export const listAddresses = (q: Queryable, workspaceId: string) =>
  q
    .select({ userId: members.userId, email: users.email })
    .from(members)
    .innerJoin(users, and(eq(users.id, members.userId), isNull(users.closedAt)))
    .where(eq(members.workspaceId, workspaceId));

/** For verbs that have just written them. */
export const readMembers = (q: Queryable, workspaceId: string, userIds: string[]) =>
  q
    .select(memberColumns)
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.workspaceId, workspaceId), inArray(members.userId, userIds)));

export async function readMember(q: Queryable, workspaceId: string, userId: string) {
  const [row] = await readMembers(q, workspaceId, [userId]);
  return invariant(row, "a member that was just written");
}
