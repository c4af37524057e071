/** By what a person hears of each kind, in a workspace and in a project of it; and when they want quiet. */
import { type Queryable, schema, type Tx } from "@guildhall/db";
import type { MailRhythm, NotificationChannel, NotificationKind } from "@guildhall/db/lists";
import { and, eq, isNotNull, or, sql } from "drizzle-orm";
import { loadProject, loadWorkspace, projectAccess, projectRole } from "../core/access.ts";
import type { ActorContext, ApiConfig, MutationContext } from "../core/context.ts";
import { notFound, refused } from "../core/errors.ts";
import { write } from "../core/write.ts";

const { members, notificationPreferences, notificationSettings, projectMembers, projects, users } =
  schema;

export type Setting = {
  kind: NotificationKind;
  channel: NotificationChannel;
  /** Null: as it is by itself, or for the whole workspace. */
  isOn: boolean | null;
};

/** `HH:MM`, in the person's own time zone; null: at no time. */
export type QuietHours = { from: string; to: string } | null;

/** By what this server can tell people. */
const sendable = ({ sendsMail }: ApiConfig): NotificationChannel[] =>
  sendsMail ? ["app", "mail", "push"] : ["app", "push"];

/** What is set otherwise than by itself: of the workspace, and of its projects that this person may see. */
export async function readSettings(ctx: Asking, q: Queryable, workspaceId: string) {
  const { actor, services } = ctx;
  const userId = actor.user.id;
  await loadWorkspace(q, userId, workspaceId, "guest");
  const on = projectAccess(userId);
  const [settings, [preferences], [address]] = await Promise.all([
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
    q.select({ confirmedAt: users.emailVerifiedAt }).from(users).where(eq(users.id, userId)),
  ]);
  const { timeZone = null, quietFrom: from, quietTo: to } = preferences ?? {};
  const quietHours: QuietHours = from && to ? { from, to } : null;
  const mail = {
    rhythm: preferences?.mailRhythm ?? "soon",
    digestHour: preferences?.digestHour ?? DIGEST_HOUR,
    /** Null: nothing stands in the way of mail to this person. */
    problem: problemOf(services.config, Boolean(address?.confirmedAt), preferences?.mailRefusal),
  };
  return { settings, timeZone, quietHours, channels: sendable(services.config), mail };
}

/** Of somebody who has chosen none; the column's default. */
const DIGEST_HOUR = 10;

/** Why nothing is mailed to somebody. */
type MailProblem =
  | { reason: "no_server" | "unconfirmed" }
  /** `said`: by the mail server, of their address. */
  | { reason: "refused"; said: string };

function problemOf(
  { sendsMail }: ApiConfig,
  isConfirmed: boolean,
  refusal: string | null | undefined,
): MailProblem | null {
  if (!sendsMail) return { reason: "no_server" };
  if (!isConfirmed) return { reason: "unconfirmed" };
  return refusal ? { reason: "refused", said: refusal } : null;
}

type Asking = Pick<ActorContext, "actor" | "services">;

export type NewSettings = {
  workspaceId: string;
  projectId?: string | null | undefined;
  settings: Setting[];
  quietHours?: QuietHours | undefined;
  mailRhythm?: MailRhythm | undefined;
  digestHour?: number | undefined;
  /** The address that was refused is tried again. */
  retryMail?: true | undefined;
};

export async function setSettings(ctx: MutationContext, input: NewSettings) {
  const userId = ctx.actor.user.id;
  const { workspaceId, projectId = null } = input;
  const answer = await write(ctx, workspaceId, async (tx) => {
    if (projectId) {
      const project = await loadProject(tx, userId, projectId, "viewer");
      if (project.workspaceId !== workspaceId) throw notFound("project");
    } else await loadWorkspace(tx, userId, workspaceId, "guest");
    await storeSettings(tx, { userId, workspaceId, projectId }, input.settings);
    const { quietHours, mailRhythm, digestHour } = input;
    const set = {
      ...(quietHours !== undefined && {
        quietFrom: quietHours?.from ?? null,
        quietTo: quietHours?.to ?? null,
      }),
      ...(mailRhythm && { mailRhythm }),
      ...(digestHour !== undefined && { digestHour }),
      ...(input.retryMail && { mailRefusal: null }),
    };
    if (Object.keys(set).length > 0) await storePreferences(tx, userId, set);
    return readSettings(ctx, tx, workspaceId);
  });
  ctx.services.signals.notifyUser(userId);
  return answer;
}

type Preferences = Omit<Partial<typeof notificationPreferences.$inferInsert>, "userId">;

export const storePreferences = (q: Queryable, userId: string, set: Preferences) =>
  q
    .insert(notificationPreferences)
    .values({ userId, ...set })
    .onConflictDoUpdate({ target: notificationPreferences.userId, set });

/** Where somebody is, as their device says: reminders, digests and quiet hours go by the clock there. */
export async function setTimeZone(ctx: MutationContext, timeZone: string) {
  await refuseUnknownZone(ctx.services.db, timeZone);
  return write(ctx, null, async (tx) => {
    await storePreferences(tx, ctx.actor.user.id, { timeZone });
    return { timeZone };
  });
}

type Place = { userId: string; workspaceId: string; projectId: string | null };

/** All of them in one statement each way; of one that is said twice the last word holds. */
export async function storeSettings(tx: Tx, place: Place, settings: readonly Setting[]) {
  if (settings.length === 0) return;
  const last = new Map(settings.map((each) => [`${each.kind} ${each.channel}`, each]));
  const said = JSON.stringify(
    [...last.values()].map(({ kind, channel, isOn }) => ({ kind, channel, is_on: isOn })),
  );
  const rows = sql`json_to_recordset(${said}::text::json)
    as said(kind text, channel text, is_on boolean)`;
  await tx.execute(sql`
    delete from ${notificationSettings} s using ${rows}
    where s.user_id = ${place.userId} and s.workspace_id = ${place.workspaceId}
      and s.project_id is not distinct from ${place.projectId}::uuid
      and s.kind = said.kind and s.channel = said.channel and said.is_on is null`);
  await tx.execute(sql`
    insert into ${notificationSettings} (user_id, workspace_id, project_id, kind, channel, is_on)
    select ${place.userId}::uuid, ${place.workspaceId}::uuid, ${place.projectId}::uuid, kind, channel, is_on
    from ${rows} where is_on is not null
    on conflict ${
      place.projectId
        ? sql`(project_id, user_id, kind, channel) where project_id is not null`
        : sql`(user_id, workspace_id, kind, channel) where project_id is null`
    } do update set is_on = excluded.is_on`);
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
