/** What an imported task was called where it came from: "ABC-3". People go on saying it. */
import { schema } from "@guildhall/db";
import { and, eq, isNotNull, type SQL, sql } from "drizzle-orm";

const { tasks } = schema;

/** As the index `tasks_former_key` has it. */
export const wasCalled = (workspaceId: string, key: string): SQL | undefined =>
  and(
    eq(tasks.workspaceId, workspaceId),
    isNotNull(tasks.source),
    sql`upper(${tasks.source}->>'key') = ${key.toUpperCase()}`,
  );
