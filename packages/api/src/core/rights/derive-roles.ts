/**
 * The one place where groups become roles.
 *
 * Problem: a person has a role as given to them and roles through groups, in the workspace, a project
 * or a document; access is asked in the hottest queries there are.
 * Naive answer: join the groups there. Every list, every change and every search pays for it, and each
 * query that forgets it is a leak.
 * Choice: `members`, `project_members` and `document_members` hold one effective role, which is all that
 * access.ts reads. Beside it stands `personal_role`, as somebody gave it, and beside the tables what
 * groups have (`groups.role`, `project_groups`, `document_groups`). Whatever changes one of these derives
 * the roles of the people it concerns again, here, in its transaction, while the tree is held
 * (lock-tree.ts): two changes side by side would each miss what the other one gives.
 *
 * In the workspace the strongest holds. In a project or a document what somebody was given by name
 * decides, so that one may be given less than their groups; else the strongest of their groups.
 */
import { type schema as Schema, schema, type Tx } from "@guildhall/db";
import { workspaceRoles } from "@guildhall/db/lists";
import { type SQL, sql } from "drizzle-orm";
import type { Role } from "../access.ts";

const { documentGroups, documentMembers, documents, groupMembers, groups } = schema;
const { members, projectGroups, projectMembers, projects } = schema;

const strongestFirst = sql.raw(`array[${workspaceRoles.map((role) => `'${role}'`).join()}]`);
const place = (role: SQL) => sql`array_position(${strongestFirst}, ${role})`;
const strongest = (first: SQL) => sql`(${strongestFirst})[${first}]`;

export type WhoseRoles = { workspaceId: string; userIds: string[] };

export type DerivedMember = {
  projectId: string;
  userId: string;
  role: Role | null;
  personalRole: Role | null;
  isNew: boolean;
};
export type Derived = {
  /** Whose role in the workspace is another one now. */
  members: string[];
  /** Their rows in projects that are others now; null: none any more. */
  projectMembers: DerivedMember[];
};

/** Derives everything that these people of the workspace are. The tree is held. */
export async function deriveRoles(tx: Tx, { workspaceId, userIds }: WhoseRoles): Promise<Derived> {
  if (userIds.length === 0) return { members: [], projectMembers: [] };
  const whose = { workspaceId, users: sql`${sql.param(userIds)}::uuid[]` };
  const changed = await deriveMembers(tx, whose);
  const inProjects = await tx.execute<Row>(deriveIn(projectRows, whose));
  await tx.execute(deriveIn(documentRows, whose));
  return {
    members: changed.map(({ user_id }) => user_id),
    projectMembers: inProjects.map(({ id, user_id, role, personal_role, is_new }) => ({
      projectId: id,
      userId: user_id,
      role,
      personalRole: personal_role,
      isNew: is_new,
    })),
  };
}

type Whose = { workspaceId: string; users: SQL };
type Row = {
  id: string;
  user_id: string;
  role: Role | null;
  personal_role: Role | null;
  is_new: boolean;
};

const deriveMembers = (tx: Tx, { workspaceId, users }: Whose) =>
  tx.execute<{ user_id: string }>(sql`
    with derived as (
      select m.user_id, ${strongest(sql`least(${place(sql`m.personal_role`)}, (
        select min(${place(sql`g.role`)}) from ${groupMembers} gm join ${groups} g on g.id = gm.group_id
        where gm.workspace_id = m.workspace_id and gm.user_id = m.user_id))`)} as role
      from ${members} m where m.workspace_id = ${workspaceId} and m.user_id = any(${users})
    )
    update ${members} m set role = derived.role from derived
    where m.workspace_id = ${workspaceId} and m.user_id = derived.user_id and m.role <> derived.role
    returning m.user_id`);

type Place = {
  people: typeof Schema.projectMembers | typeof Schema.documentMembers;
  given: typeof Schema.projectGroups | typeof Schema.documentGroups;
  home: typeof Schema.projects | typeof Schema.documents;
  id: SQL;
};
const projectRows: Place = {
  people: projectMembers,
  given: projectGroups,
  home: projects,
  id: sql.raw("project_id"),
};
const documentRows: Place = {
  people: documentMembers,
  given: documentGroups,
  home: documents,
  id: sql.raw("document_id"),
};

/** What somebody was given by name stays as it is; rows without it come and go with the groups. */
const deriveIn = ({ people, given, home, id }: Place, { workspaceId, users }: Whose) => sql`
  with derived as (
    select pg.${id}, gm.user_id, ${strongest(sql`min(${place(sql`pg.role`)})`)} as role
    from ${groupMembers} gm join ${given} pg on pg.group_id = gm.group_id
    where gm.workspace_id = ${workspaceId} and gm.user_id = any(${users})
    group by 1, 2
  ), gone as (
    delete from ${people} p using ${home} h
    where h.id = p.${id} and h.workspace_id = ${workspaceId} and p.user_id = any(${users})
      and p.personal_role is null
      -- Hashed, whatever is estimated: of 500 people in 50 projects a loop took half a minute.
      and (p.${id}, p.user_id) not in (select d.${id}, d.user_id from derived d)
    returning p.${id}, p.user_id
  ), put as (
    insert into ${people} as p (${id}, user_id, role)
    select d.${id}, d.user_id, d.role from derived d
    on conflict (${id}, user_id) do update set role = excluded.role
      where p.personal_role is null and p.role <> excluded.role
    returning ${id}, user_id, role, personal_role, xmax = 0 as is_new
  )
  select ${id} as id, user_id, role, personal_role, is_new from put
  union all select ${id}, user_id, null, null, false from gone`;
