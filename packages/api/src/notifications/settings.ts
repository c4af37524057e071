/** By what a person hears of each kind, in a workspace and in a project of it; and when they want quiet. */
import { type Queryable, schema } from "@guildhall/db";
import type { NotificationChannel, NotificationKind } from "@guildhall/db/lists";
import { and, eq, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { loadProject, loadWorkspace, projectAccess, projectRole } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { notFound, refused } from "../core/errors.ts";
import { write } from "../core/write.ts";

const { members, notificationPreferences, notificationSettings, projectMembers, projects } = schema;

export type Setting = {
  kind: NotificationKind;
  channel: NotificationChannel;
  /** Null: as it is by itself, or for the whole workspace. */
  isOn: boolean | null;
};

/** `HH:MM`, in the person's own time zone; null: at no time. */
export type QuietHours = { from: string; to: string } | null;

/** By what this server can tell people, for now. */
const sendable: NotificationChannel[] = ["app"];

/** What is set otherwise than by itself: of the workspace, and of its projects that this person may see. */
export async function readSettings(q: Queryable, userId: string, workspaceId: string) {
  await loadWorkspace(q, userId, workspaceId, "viewer");
  const on = projectAccess(userId);
  const [settings, [preferences]] = await Promise.all([
    q
      .select({
        projectId: notificationSettings.projectId,
        kind: notificationSettings.kind,
        channel: notificationSettings.channel,
        isOn: notificationSettings.isOn,
      })
      .from(notificationSettings)
      .leftJoin(projects, eq(projects.id, notificationSettings.projectId))
      .leftJoin(members, on.member)
      .leftJoin(projectMembers, on.projectMember)
      .where(
        and(
          eq(notificationSettings.userId, userId),
          eq(notificationSettings.workspaceId, workspaceId),
          or(sql`${notificationSettings.projectId} is null`, isNotNull(projectRole)),
        ),
      ),
    q.select().from(notificationPreferences).where(eq(notificationPreferences.userId, userId)),
  ]);
  const { timeZone = null, quietFrom: from, quietTo: to } = preferences ?? {};
  const quietHours: QuietHours = from && to ? { from, to } : null;
  return { settings, timeZone, quietHours, channels: sendable };
}

export type NewSettings = {
  workspaceId: string;
  projectId?: string | null | undefined;
  settings: Setting[];
  timeZone?: string | null | undefined;
  quietHours?: QuietHours | undefined;
};

export async function setSettings(ctx: MutationContext, input: NewSettings) {
  const userId = ctx.actor.user.id;
  const { workspaceId, projectId = null } = input;
  if (input.timeZone) await refuseUnknownZone(ctx.services.db, input.timeZone);
  return write(ctx, workspaceId, async (tx) => {
    if (projectId) {
      const project = await loadProject(tx, userId, projectId, "viewer");
      if (project.workspaceId !== workspaceId) throw notFound("project");
    } else await loadWorkspace(tx, userId, workspaceId, "viewer");
    for (const { kind, channel, isOn } of input.settings) {
      const row = { userId, workspaceId, projectId, kind, channel };
      if (isOn === null) await tx.delete(notificationSettings).where(isSetting(row));
      else {
        await tx
          .insert(notificationSettings)
          .values({ ...row, isOn })
          .onConflictDoUpdate({ ...placeOf(row), set: { isOn } });
      }
    }
    const { timeZone, quietHours } = input;
    const set = {
      ...(timeZone !== undefined && { timeZone }),
      ...(quietHours !== undefined && {
        quietFrom: quietHours?.from ?? null,
        quietTo: quietHours?.to ?? null,
      }),
    };
    if (Object.keys(set).length > 0) {
      await tx
        .insert(notificationPreferences)
        .values({ userId, ...set })
        .onConflictDoUpdate({ target: notificationPreferences.userId, set });
    }
    return readSettings(tx, userId, workspaceId);
  });
}

/**
 * JavaScript knows names that Postgres doesn't, and whoever asks Postgres for the time in one of those, as for
 * everybody whose day begins, would be answered with an error.
 */
async function refuseUnknownZone(q: Queryable, timeZone: string) {
  const known = await q.execute(
    sql`select from pg_timezone_names where lower(name) = lower(${timeZone})`,
  );
  if (known.length > 0) return;
  throw refused(
    "bad_input",
    "Nothing was changed: this server doesn't know that time zone. Enter one as in Europe/Berlin.",
  );
}

type Row = {
  userId: string;
  workspaceId: string;
  projectId: string | null;
  kind: NotificationKind;
  channel: NotificationChannel;
};

const isSetting = (row: Row): SQL | undefined =>
  and(
    eq(notificationSettings.userId, row.userId),
    eq(notificationSettings.workspaceId, row.workspaceId),
    sql`${notificationSettings.projectId} is not distinct from ${row.projectId}`,
    eq(notificationSettings.kind, row.kind),
    eq(notificationSettings.channel, row.channel),
  );

const { userId, workspaceId, projectId, kind, channel } = notificationSettings;

const placeOf = (row: Row) =>
  row.projectId
    ? { target: [projectId, userId, kind, channel], targetWhere: sql`project_id is not null` }
    : { target: [userId, workspaceId, kind, channel], targetWhere: sql`project_id is null` };
