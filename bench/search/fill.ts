/** A workspace as large as the promise: so many documents and tasks, a comment for each other task. */
import { schema } from "@guildhall/db";
import { getTableName, type Table } from "drizzle-orm";
import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { writer } from "./texts.ts";

const PROJECTS = 6;
const AT_ONCE = 500;

type Rows = Record<string, unknown>[];

async function insert(sql: postgres.Sql, table: Table, rows: Rows) {
  const name = getTableName(table);
  const columns = Object.keys(rows[0] ?? {}).join(", ");
  await sql.unsafe(
    `insert into ${name} (${columns}) select ${columns} from json_populate_recordset(null::${name}, $1::text::json)`,
    [JSON.stringify(rows)],
  );
}

export type Filled = { workspaceId: string; ownerId: string; memberId: string; house: string[] };

export async function fill(
  sql: postgres.Sql,
  count: { documents: number; tasks: number },
): Promise<Filled> {
  const { text, roll, language, house } = writer(7);
  const workspaceId = uuidv7();
  const ownerId = uuidv7();
  const memberId = uuidv7();
  await insert(sql, schema.workspaces, [
    {
      id: workspaceId,
      name: "Bench",
      change_seq: 0,
      change_floor: 0,
      feed_epoch: uuidv7(),
      created_at: new Date(),
    },
  ]);
  const person = (id: string) => ({
    id,
    email: `${id}@example.org`,
    name: id,
    password_hash: "none",
    created_at: new Date(),
  });
  await sql`insert into users ${sql([ownerId, memberId].map(person))}`;
  const member = (userId: string, role: string) =>
    sql`insert into members (workspace_id, user_id, role, personal_role)
      values (${workspaceId}, ${userId}, ${role}, ${role})`;
  await member(ownerId, "owner");
  await member(memberId, "editor");

  const projects = Array.from({ length: PROJECTS }, (_, i) => ({
    id: uuidv7(),
    key: `P${i}`,
    statuses: [uuidv7(), uuidv7()],
  }));
  for (const [i, { id, key, statuses }] of projects.entries()) {
    // One that the member may not see.
    const visibility = i === PROJECTS - 1 ? "private" : "open";
    await sql`insert into projects (id, workspace_id, name, key, visibility)
      values (${id}, ${workspaceId}, ${key}, ${key}, ${visibility})`;
    for (const [n, category] of ["started", "completed"].entries()) {
      await sql`insert into statuses (id, project_id, name, category, rank)
        values (${statuses[n] ?? ""}, ${id}, ${category}, ${category}, ${`a${n}`})`;
    }
  }
  const now = Date.now();
  const some = () => projects[Math.floor(roll() * PROJECTS)];
  const at = () => new Date(now - Math.floor(roll() * 3e10));

  for (let from = 0; from < count.tasks; from += AT_ONCE) {
    const tasks: Rows = [];
    const comments: Rows = [];
    for (let n = from; n < Math.min(from + AT_ONCE, count.tasks); n++) {
      const project = some();
      const of = language();
      const id = uuidv7();
      const updated_at = at();
      tasks.push({
        id,
        workspace_id: workspaceId,
        project_id: project?.id,
        number: n + 1,
        title: text(of, 4 + Math.floor(roll() * 8)).slice(0, 300),
        description: text(of, 20 + Math.floor(roll() * 120)),
        status_id: project?.statuses[roll() < 0.4 ? 1 : 0],
        priority: "none",
        rank: `a${n}`,
        comment_count: 0,
        version: 1,
        created_by: ownerId,
        created_at: updated_at,
        updated_at,
      });
      if (n % 2 === 0)
        comments.push({
          id: uuidv7(),
          task_id: id,
          author_id: memberId,
          body: text(of, 10 + Math.floor(roll() * 60)),
          created_at: updated_at,
        });
    }
    await insert(sql, schema.tasks, tasks);
    await insert(sql, schema.comments, comments);
  }
  for (let from = 0; from < count.documents; from += AT_ONCE) {
    const documents: Rows = [];
    const texts: Rows = [];
    for (let n = from; n < Math.min(from + AT_ONCE, count.documents); n++) {
      const of = language();
      const id = uuidv7();
      const project_id = roll() < 0.5 ? some()?.id : null;
      // Every hundredth has access of its own.
      const isPrivate = n % 100 === 0;
      documents.push({
        id,
        workspace_id: workspaceId,
        project_id,
        kind: "document",
        title: text(of, 2 + Math.floor(roll() * 6)).slice(0, 200),
        rank: `a${n}`,
        visibility: isPrivate ? "private" : "inherited",
        scope_path: isPrivate ? [id] : [],
        is_template: false,
        update_seq: 1,
        version: 1,
        created_by: ownerId,
        created_at: at(),
        updated_at: at(),
      });
      // Most are short, a few are books.
      const words = n % 200 === 0 ? 8_000 : 60 + Math.floor(roll() * 700);
      texts.push({ document_id: id, seq: 1, text: text(of, words), word_count: words });
    }
    await insert(sql, schema.documents, documents);
    await insert(sql, schema.documentTexts, texts);
  }
  await sql`analyze`;
  return { workspaceId, ownerId, memberId, house };
}
