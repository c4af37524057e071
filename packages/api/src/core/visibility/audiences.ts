/** Who may see what of a workspace, for many people in one query. */
import { type Db, schema } from "@guildhall/db";
import { sql } from "drizzle-orm";
import { deletedScopes, type Visibility, visibleScopes } from "../access.ts";
import type { ChangeRows, Entity } from "../feed/change.ts";
import { peopleSeen } from "./people-seen.ts";

const { members } = schema;

/** A project, or a document with access of its own; null is all of the workspace. */
export type Standing = string | null | typeof GONE;
export const GONE = "gone";

/** People who may see the same: all of it, or these projects and documents with access of their own. */
export type Audience = {
  key: string;
  /** But what is in `deletedScopeIds`. */
  seesAll: boolean;
  scopeIds: ReadonlySet<string>;
  /** Of who sees all: deleted projects, and documents with access of their own in them. */
  deletedScopeIds: ReadonlySet<string>;
  /** Of guests, who see nothing that is open to the workspace: whom they see. Null: everybody. */
  people: ReadonlySet<string> | null;
};

type Row = {
  all: boolean;
  ids: string[];
  deleted: string[];
  people: string[] | null;
  users: string[];
};

/** By user id; who is no member of the workspace is not in it. The rule is that of `readVisibility`. */
export async function readAudiences(
  db: Db,
  workspaceId: string,
  userIds: string[],
): Promise<Map<string, Audience>> {
  const rows = await db.execute<Row>(sql`
    select visibility.sees_all as "all", visibility.ids, visibility.deleted, visibility.people,
      array_agg(visibility.user_id::text) as users from (
      select ${members.userId}, ${members.role} = 'owner' as sees_all,
        ${visibleScopes} as ids, ${deletedScopes} as deleted, case when ${members.role} = 'guest' then ${peopleSeen} end as people
      from ${members}
      where ${members.workspaceId} = ${workspaceId}
        and ${members.userId} = any(${sql.param(userIds)}::uuid[])
        and not ${members.awaitsFactor}
    ) visibility group by 1, 2, 3, 4`);
  const audiences = new Map<string, Audience>();
  for (const { all, ids, deleted, people, users } of rows) {
    const key = all
      ? ["all", ...deleted].join(" ")
      : [...ids, ...(people ? ["seeing", ...people] : [])].join(" ");
    const audience = {
      key,
      seesAll: all,
      scopeIds: new Set(ids),
      deletedScopeIds: new Set(deleted),
      people: people && new Set(people),
    };
    for (const userId of users) audiences.set(userId, audience);
  }
  return audiences;
}

export type Routed = {
  entity: string;
  scopeId: string | null;
  audienceUserId: string | null;
  standing: Standing;
  /** As the client gets it. */
  event: { id: string; row: unknown };
};

/** What is for one person is seen by the owners too, but for what is nobody else's business. */
export const PRIVATE: ReadonlySet<string> = new Set([
  "notification",
  "follow",
] satisfies Entity[] as string[]);

/**
 * Of what is told to all of the workspace a guest gets what it is called, the people they see, and what is for
 * them, but for what they were told of a document that is open to the workspace.
 */
function isForGuest(people: ReadonlySet<string>, { entity, audienceUserId, event }: Routed) {
  if (entity === "workspace") return true;
  if (entity === "member") return people.has(event.id);
  if (entity !== "notification") return audienceUserId !== null;
  return (event.row as ChangeRows["notification"] | null)?.subject.entity === "workspace";
}

/** A guest sees no groups, and not which of them were let in. */
const OF_GROUPS = new Set([
  "group",
  "projectGroup",
  "documentGroup",
] satisfies Entity[] as string[]);

export const seesScope = (
  { seesAll, scopeIds, deletedScopeIds }: Omit<Audience, "key" | "people">,
  scopeId: string,
): boolean => (seesAll ? !deletedScopeIds.has(scopeId) : scopeIds.has(scopeId));

/** Both where it was recorded and where its thing stands now; what is gone is nowhere. */
function sees(audience: Omit<Audience, "key">, change: Routed): boolean {
  const { people } = audience;
  if (people && OF_GROUPS.has(change.entity)) return false;
  const at = (place: Standing) =>
    place === null ? !people || isForGuest(people, change) : seesScope(audience, place);
  return at(change.scopeId) && at(change.standing);
}

/** Whether it is for one person of this audience, rather than for all of it. */
const isPersonal = ({ seesAll }: Omit<Audience, "key">, change: Routed): boolean =>
  change.audienceUserId !== null && !(seesAll && !PRIVATE.has(change.entity));

/** Whether the audience as such gets it; what is for one person is asked with `isFor`. */
export const reaches = (audience: Audience, change: Routed): boolean =>
  !isPersonal(audience, change) && sees(audience, change);

/** Whether it is meant for this one person of the audience. */
export const isFor = (audience: Audience, userId: string, change: Routed): boolean =>
  change.audienceUserId === userId && isPersonal(audience, change) && sees(audience, change);

/** The same for one reader; of people a guest is told of themselves alone. */
export function canView({ role, ...scopes }: Visibility, userId: string, change: Routed): boolean {
  const people = role === "guest" ? new Set([userId]) : null;
  const audience = { ...scopes, seesAll: role === "owner", people };
  const isForThem = !isPersonal(audience, change) || change.audienceUserId === userId;
  return isForThem && sees(audience, change);
}
