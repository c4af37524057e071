/** Everything is made findable once more: after a damage, or by an operator who trusts no index. */
import { type Db, schema } from "@guildhall/db";
import { isNotNull, sql } from "drizzle-orm";

const { documentTexts, searchCursors, searchEntries, searchQueue, searchWords } = schema;

const TABLES = {
  task: schema.tasks,
  document: schema.documents,
  comment: schema.comments,
  file: schema.files,
} satisfies Record<(typeof schema.searchKinds)[number], object>;

/** Only notes it, and returns how much: a server that runs does it in the background, and answers meanwhile. */
export function reindex(db: Db): Promise<number> {
  return db.transaction(async (tx) => {
    const rows = Object.entries(TABLES).map(
      ([kind, table]) =>
        sql`select ${kind}::text as kind, id from ${table} where deleted_at is null`,
    );
    // What is found and should not be is noted too.
    rows.push(sql`select kind, id from ${searchEntries}`);
    const noted = await tx.execute(sql`
      insert into ${searchQueue} (kind, id, words)
      select kind, id, true from (${sql.join(rows, sql` union `)}) every`);
    // What this version may read and the one before could not.
    await tx
      .update(documentTexts)
      .set({ seq: 0, problem: null })
      .where(isNotNull(documentTexts.problem));
    await tx.delete(searchWords);
    await tx.update(searchCursors).set({ n: null });
    return noted.count;
  });
}
