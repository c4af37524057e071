/**
 * Tells assignees of tasks and of checklist items of what is due, on the morning of their own day, once for each due date: a job that asks
 * twice a minute what there is to be told. What was told stands in the table itself, so it makes no
 * difference how often it runs, or how many workers ask.
 */
import { type Queryable, schema } from "@guildhall/db";
import type { NotificationKind } from "@guildhall/db/lists";
import { type SQL, sql } from "drizzle-orm";
import type { Services } from "../core/context.ts";
import type { JobKind } from "../core/jobs.ts";
import { write } from "../core/write.ts";
import { addNotifications } from "./add-notifications.ts";
import { type Kind, kinds } from "./kinds.ts";
import { canViewSubject, joinSubject } from "./people-concerned.ts";

const {
  checklistItems,
  checklists,
  groupMembers,
  notificationPreferences,
  notifications,
  projects,
  statuses,
  taskAssigneeGroups,
  taskAssignees,
  tasks,
} = schema;

/** Nobody is woken by it. */
const FROM_HOUR = 9;
/** When a server stood still, what became overdue meanwhile is told for so many days. */
const LATE_DAYS = 7;

const reminders = (Object.entries(kinds) as [NotificationKind, Kind][]).flatMap(
  ([kind, { daysBefore }]) => (daysBefore === undefined ? [] : [{ kind, days: daysBefore }]),
);

/** Of each assignee who may see the task what they were not told, by the day that it is where they are. */
function due(at: Date): SQL {
  const now = sql`${at.toISOString()}::timestamptz`;
  // A day here is a day earlier or later elsewhere.
  const today = sql`(${now} at time zone 'UTC')::date`;
  return sql`from (
      select t.id as task_id, null::uuid as document_id, null::uuid as project_id, t.workspace_id,
        d.id, d.due_date, d.text, k.kind, k.days, d.user_id,
        ${now} at time zone coalesce(p.time_zone, 'UTC') as local
      from json_to_recordset(${JSON.stringify(reminders)}::text::json) as k(kind text, days int)
      join (
        select t.id, t.id as task_id, null as text, t.due_date, a.user_id
        from ${tasks} t cross join lateral (
          select user_id from ${taskAssignees} where task_id = t.id union
          select gm.user_id from ${taskAssigneeGroups} ag
            join ${groupMembers} gm on gm.group_id = ag.group_id where ag.task_id = t.id
        ) a where t.completed_at is null
        union all
        select i.id, i.task_id, i.text, i.due_date, i.assignee_id
        from ${checklistItems} i join ${checklists} l on l.id = i.checklist_id
        where i.done_at is null and i.deleted_at is null and l.deleted_at is null
          and i.assignee_id is not null
      ) d on d.due_date <= ${today} + k.days + 1
        and d.due_date >= ${today} + k.days - 1 - case when k.days < 0 then ${LATE_DAYS}::int else 0 end
      join ${tasks} t on t.id = d.task_id
      join ${statuses} s on s.id = t.status_id and s.category not in ('completed', 'cancelled')
      left join ${notificationPreferences} p on p.user_id = d.user_id
      where t.completed_at is null and t.archived_at is null and t.deleted_at is null
    ) r ${joinSubject("r")}
    where extract(hour from r.local) >= ${FROM_HOUR}::int
      and (r.due_date = r.local::date + r.days or (r.days < 0 and r.due_date < r.local::date + r.days))
      and ${canViewSubject("r")} and ${projects.archivedAt} is null
      and not exists (select from ${notifications} n where n.user_id = r.user_id
        and n.kind = r.kind and n.cause = r.id || '/' || r.due_date)`;
}

/** Workspaces in which somebody has to be told of something. */
export async function workspacesToRemind(q: Queryable, at = new Date()): Promise<string[]> {
  const rows = await q.execute<{ id: string }>(
    sql`select distinct r.workspace_id as id ${due(at)}`,
  );
  return rows.map(({ id }) => id);
}

type Due = {
  kind: NotificationKind;
  /** Of the task, or of one of its checklist items, with what that says. */
  id: string;
  text: string | null;
  taskId: string;
  userId: string;
  dueDate: string;
};

export const remind = (services: Services, workspaceId: string, at = new Date()) =>
  write(
    { services, actor: null, path: "notifications.remind" },
    workspaceId,
    async (tx, record) => {
      const rows = await tx.execute<Due>(sql`
      select r.kind, r.id, r.text, r.task_id as "taskId", r.user_id as "userId",
        r.due_date::text as "dueDate"
      ${due(at)} and r.workspace_id = ${workspaceId}`);
      const causes = rows.map(({ kind, id, text, taskId, userId, dueDate }) => ({
        kind,
        concern: {
          people: [userId],
          cause: `${id}/${dueDate}`,
          detail: text === null ? dueDate : `${dueDate} ${text}`,
        },
        actorId: null,
        taskId,
      }));
      const place = { workspaceId, sendsMail: services.config.sendsMail };
      for (const change of await addNotifications(tx, place, causes)) record(change);
    },
  );

export const reminderJobs = (services: Services): JobKind => ({
  queue: "reminders",
  pollSeconds: 30,
  expireInSeconds: 300,
  retryLimit: 5,
  run: (workspaceId) => remind(services, workspaceId),
  unfinished: () => workspacesToRemind(services.db),
});
