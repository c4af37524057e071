import { type Queryable, schema } from "@guildhall/db";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { ActorContext } from "../../core/context.ts";
import { invariant } from "../../core/errors.ts";

const { accessTokens, authenticatorApps, follows, groupMembers, groups, identities } = schema;
const { members, notificationPreferences, notificationSettings, passkeys, sessions } = schema;
const { users, workspaces } = schema;

/** What is known of the account itself; no secret, and nothing that opens anything. */
export async function readAccount({ services, actor }: ActorContext) {
  const { db } = services;
  const { id } = actor.user;
  const [profile, memberships, tokens, devices, factors, notifications] = await Promise.all([
    readProfile(db, id),
    readMemberships(db, id),
    readTokens(db, id),
    readSessions(db, id),
    readSignIn(db, id),
    readNotificationSettings(db, id),
  ]);
  return {
    profile,
    memberships,
    accessTokens: tokens,
    sessions: devices,
    ...factors,
    notifications,
  };
}

async function readProfile(q: Queryable, id: string) {
  const [row] = await q
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      emailConfirmedAt: users.emailVerifiedAt,
      createdAt: users.createdAt,
      lastUsedAt: users.lastUsedAt,
      isAdministrator: users.isAdministrator,
    })
    .from(users)
    .where(eq(users.id, id));
  return invariant(row, "who acts has an account");
}

const readMemberships = (q: Queryable, id: string) =>
  q
    .select({
      workspaceId: workspaces.id,
      workspace: workspaces.name,
      role: members.role,
      joinedAt: members.createdAt,
      groups: sql<string[]>`array(select g.name from ${groupMembers} gm
        join ${groups} g on g.id = gm.group_id
        where gm.user_id = ${id} and gm.workspace_id = ${workspaces.id} order by g.name)`,
    })
    .from(members)
    .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(and(eq(members.userId, id), eq(members.awaitsFactor, false)))
    .orderBy(asc(members.createdAt), asc(members.workspaceId));

const readTokens = (q: Queryable, id: string) =>
  q
    .select({
      name: accessTokens.name,
      scope: accessTokens.scope,
      createdAt: accessTokens.createdAt,
      expiresAt: accessTokens.expiresAt,
      lastUsedAt: accessTokens.lastUsedAt,
    })
    .from(accessTokens)
    .where(and(eq(accessTokens.userId, id), isNull(accessTokens.revokedAt)))
    .orderBy(asc(accessTokens.createdAt));

const readSessions = (q: Queryable, id: string) =>
  q
    .select({
      browser: sessions.userAgent,
      address: sessions.address,
      signedInBy: sessions.authenticatedBy,
      createdAt: sessions.createdAt,
      lastUsedAt: sessions.lastUsedAt,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .where(eq(sessions.userId, id))
    .orderBy(asc(sessions.createdAt));

async function readSignIn(q: Queryable, id: string) {
  const [keys, apps, providers] = await Promise.all([
    q
      .select({
        name: passkeys.name,
        createdAt: passkeys.createdAt,
        lastUsedAt: passkeys.lastUsedAt,
      })
      .from(passkeys)
      .where(eq(passkeys.userId, id)),
    q
      .select({
        createdAt: authenticatorApps.createdAt,
        lastUsedAt: authenticatorApps.lastUsedAt,
      })
      .from(authenticatorApps)
      .where(eq(authenticatorApps.userId, id)),
    q
      .select({
        provider: identities.provider,
        email: identities.email,
        connectedAt: identities.createdAt,
        lastUsedAt: identities.lastUsedAt,
      })
      .from(identities)
      .where(eq(identities.userId, id)),
  ]);
  return { passkeys: keys, authenticatorApps: apps, signInProviders: providers };
}

async function readNotificationSettings(q: Queryable, id: string) {
  const [[preferences = null], settings, followed] = await Promise.all([
    q.select().from(notificationPreferences).where(eq(notificationPreferences.userId, id)),
    q
      .select({
        workspaceId: notificationSettings.workspaceId,
        projectId: notificationSettings.projectId,
        kind: notificationSettings.kind,
        channel: notificationSettings.channel,
        isOn: notificationSettings.isOn,
      })
      .from(notificationSettings)
      .where(eq(notificationSettings.userId, id)),
    q
      .select({
        taskId: follows.taskId,
        documentId: follows.documentId,
        projectId: follows.projectId,
        state: follows.state,
      })
      .from(follows)
      .where(eq(follows.userId, id)),
  ]);
  return { preferences, settings, follows: followed };
}
