/** The yardstick of requests.ts: node:http, postgres.js and JSON.stringify around the same query. */
import { createServer } from "node:http";
import postgres from "postgres";

const sql = postgres(process.env.DATABASE_URL ?? "", { max: 10 });

const list = (projectId: string, limit: number) => sql`
  select t.id, t.workspace_id as "workspaceId", t.project_id as "projectId", t.number,
    p.key || '-' || t.number as key, t.title, t.status_id as "statusId", t.priority,
    array(select a.user_id::text from task_assignees a where a.task_id = t.id order by 1) as "assigneeIds",
    array(select l.label_id::text from task_labels l where l.task_id = t.id order by 1) as "labelIds",
    array(select d.blocker_id::text from task_dependencies d where d.task_id = t.id order by 1) as "blockedByIds",
    t.parent_id as "parentId", t.start_date as "startDate", t.due_date as "dueDate",
    t.estimate, t.rank,
    t.comment_count as "commentCount", t.version, t.source, t.created_by as "createdBy",
    t.created_at as "createdAt", t.updated_at as "updatedAt", t.completed_at as "completedAt",
    t.archived_at as "archivedAt"
  from tasks t join projects p on p.id = t.project_id
  where t.project_id = ${projectId} and t.deleted_at is null and t.archived_at is null
  order by t.number limit ${limit + 1}`;

const server = createServer(async (req, res) => {
  const { searchParams } = new URL(req.url ?? "/", "http://bare");
  const rows = await list(searchParams.get("projectId") ?? "", Number(searchParams.get("limit")));
  res.setHeader("content-type", "application/json");
  res.end(JSON.stringify({ items: rows.slice(0, -1) }));
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("It does not listen on a port.");
  process.stdout.write(`Bare is ready at http://127.0.0.1:${address.port}\n`);
});
process.on("SIGTERM", () => process.exit(0));
