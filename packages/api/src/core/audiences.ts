/** Who may see what of a workspace, for many people in one query. */
import { type Db, schema } from "@guildhall/db";
import { sql } from "drizzle-orm";
import { projectRole } from "./access.ts";

const { members, projects, projectMembers } = schema;

/** People who may see the same: all of it, or these projects. */
export type Audience = { key: string; seesAll: boolean; projectIds: ReadonlySet<string> };

/** By user id; who is no member of the workspace is not in it. The rule is that of `readSight`. */
export async function readAudiences(
  db: Db,
  workspaceId: string,
  userIds: string[],
): Promise<Map<string, Audience>> {
  const rows = await db.execute<{ all: boolean; ids: string[]; users: string[] }>(sql`
    select sight.sees_all as "all", sight.ids, array_agg(sight.user_id::text) as users from (
      select ${members.userId}, ${members.role} = 'owner' as sees_all,
        array(select ${projects.id}::text from ${projects}
          left join ${projectMembers} on ${projectMembers.projectId} = ${projects.id}
            and ${projectMembers.userId} = ${members.userId}
          where ${projects.workspaceId} = ${members.workspaceId} and ${projectRole} is not null
            and ${members.role} <> 'owner'
          order by 1) as ids
      from ${members}
      where ${members.workspaceId} = ${workspaceId}
        and ${members.userId} = any(${sql.param(userIds)}::uuid[])
    ) sight group by 1, 2`);
  const audiences = new Map<string, Audience>();
  for (const { all, ids, users } of rows) {
    const key = all ? "all" : ids.join(" ");
    const audience = { key, seesAll: all, projectIds: new Set(ids) };
    for (const userId of users) audiences.set(userId, audience);
  }
  return audiences;
}

type Routed = { projectId: string | null; audienceUserId: string | null };

/** Whether the audience as such gets it; what is for one person is asked with `isFor`. */
export const reaches = (audience: Audience, { projectId, audienceUserId }: Routed): boolean =>
  audience.seesAll ||
  (audienceUserId === null && (projectId === null || audience.projectIds.has(projectId)));

/** Whether it is meant for this one person of the audience. */
export const isFor = (audience: Audience, userId: string, change: Routed): boolean =>
  change.audienceUserId === userId &&
  !audience.seesAll &&
  (change.projectId === null || audience.projectIds.has(change.projectId));
