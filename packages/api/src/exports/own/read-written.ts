/** What somebody wrote and uploaded in a workspace, as far as they may see it now; page by page. */
import { type Queryable, schema } from "@guildhall/db";
import { type SQL, sql } from "drizzle-orm";
import { csvLine } from "../../core/encoding/csv-line.ts";
import { canViewSubject, joinSubject } from "../../notifications/people-concerned.ts";

const { comments, documents, documentThreads, files, projects, tasks } = schema;

export type Whose = { userId: string; workspaceId: string };

const AT_ONCE = 500;

type Row = { id: string; place: string; cells: string[] };

/** Rows `said` with an id, a user_id, a workspace_id, a task_id, a document_id and a project_id. */
type Listing = { header: string[]; from: (whose: Whose) => SQL; cells: SQL };

const listings = {
  comments: {
    header: ["Place", "Written", "Edited", "Text"],
    from: ({ userId, workspaceId }) => sql`
      select c.id, c.author_id as user_id, ${workspaceId}::uuid as workspace_id, c.task_id,
        th.document_id, null::uuid as project_id, c.created_at, c.edited_at, c.body
      from ${comments} c left join ${documentThreads} th on th.id = c.thread_id
      left join ${tasks} t on t.id = c.task_id left join ${documents} d on d.id = th.document_id
      where c.author_id = ${userId} and c.deleted_at is null
        and coalesce(t.workspace_id, d.workspace_id) = ${workspaceId}`,
    cells: sql`array[${iso("created_at")}, coalesce(${iso("edited_at")}, ''), said.body]`,
  },
  files: {
    header: ["Place", "Uploaded", "Name", "Type", "Bytes", "ID"],
    from: ({ userId, workspaceId }) => sql`
      select f.id, f.created_by as user_id, f.workspace_id, f.task_id, f.document_id, f.project_id,
        f.created_at, f.name, f.type, f.size
      from ${files} f where f.created_by = ${userId} and f.workspace_id = ${workspaceId}
        and f.deleted_at is null`,
    cells: sql`array[${iso("created_at")}, said.name, said.type, said.size::text, said.id::text]`,
  },
} satisfies Record<string, Listing>;

function iso(column: string): SQL {
  const at = sql`said.${sql.identifier(column)}`;
  return sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
}

/** What it stands in, as people call it. */
const place = sql`coalesce(${projects.key} || '-' || ${tasks.number} || ' ' || ${tasks.title},
  ${documents.title}, ${projects.name})`;

async function* rowsOf(q: Queryable, what: keyof typeof listings, whose: Whose) {
  const { from, cells }: Listing = listings[what];
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const rows: Row[] = await q.execute<Row>(sql`
      select said.id, ${place} as place, ${cells} as cells from (${from(whose)}) said
      ${joinSubject("said")}
      where said.id > ${after} and ${canViewSubject("said")} order by said.id limit ${AT_ONCE}`);
    yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return;
    after = last.id;
  }
}

/** As CSV, which is never whole in memory. */
export async function* writtenCsv(q: Queryable, what: keyof typeof listings, whose: Whose) {
  yield Buffer.from(csvLine(listings[what].header));
  for await (const rows of rowsOf(q, what, whose)) {
    const lines = rows.map((row) => csvLine([row.place, ...row.cells]));
    yield Buffer.from(lines.join(""));
  }
}
