/**
 * What an import that has not begun waits for: imports of one workspace go one after the other, and so
 * many of different ones side by side. Of others it says only that there are some.
 */
import { schema } from "@guildhall/db";
import { type SQL, sql } from "drizzle-orm";

const { imports } = schema;

/** By a worker at a time, each of another workspace. */
export const SIDE_BY_SIDE = 3;

export type WaitsFor = {
  /** Imports of this workspace that were started before it. */
  here: number;
  /** Whether those of other workspaces leave no room for it. */
  elsewhere: boolean;
};

/** Null once it has begun. */
export const waitsFor: SQL<WaitsFor | null> = sql<WaitsFor | null>`
  case when ${imports}.state = 'waiting' then (
    select json_build_object(
      'here', count(*) filter (where other.workspace_id = ${imports}.workspace_id),
      'elsewhere', count(distinct other.workspace_id)
        filter (where other.workspace_id <> ${imports}.workspace_id) >= ${SIDE_BY_SIDE})
    from ${imports} other
    where other.state in ('waiting', 'reading', 'writing')
      and (other.created_at, other.id) < (${imports}.created_at, ${imports}.id)
  ) end`;
