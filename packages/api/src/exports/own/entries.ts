/**
 * What is in the zip of somebody's own data, each read when its turn comes and through their rights of that
 * moment: nothing of it waits in memory, however slow their connection.
 */
import { type Queryable, schema } from "@guildhall/db";
import { and, eq, exists, isNotNull, isNull, sql } from "drizzle-orm";
import { projectAccess, projectRole, type Role } from "../../core/access.ts";
import type { ActorContext } from "../../core/context.ts";
import { unlessRefused } from "../../core/errors.ts";
import { refuseExport } from "../../core/rights/may-export.ts";
import { documentEntries } from "../../document-exports/document-entries.ts";
import { planExport, safeName } from "../../document-exports/plan-export.ts";
import { readExported } from "../../document-exports/read-export.ts";
import { openRenderer } from "../../document-exports/renderer.ts";
import type { ZipEntry } from "../../document-exports/stream-zip.ts";
import { isTaskOf, readTaskCsvRows } from "../read-task-csv-rows.ts";
import { tasksToCsv } from "../tasks-csv.ts";
import { readAccount } from "./read-account.ts";
import { writtenCsv } from "./read-written.ts";

const { members, projectMembers, projects, tasks, users, workspaces } = schema;

const readme = `What Guildhall keeps of you, as you may see it today.

account.json   your profile, workspaces, access tokens, sessions, ways to sign in and settings
picture.webp   your picture, if you have one
A folder for each workspace:
  comments.csv   what you wrote on tasks and documents
  files.csv      the files you uploaded; each is at /files/<ID> of this server
  tasks/         tasks you made or are assigned to, by project
  documents/     documents you made, as Markdown

Tasks and documents are left out where a workspace doesn't let you export. What you no longer have
access to is not in here.
`;

export async function* ownEntries(ctx: ActorContext): AsyncGenerator<ZipEntry> {
  const { db, files } = ctx.services;
  const userId = ctx.actor.user.id;
  yield { path: "README.txt", content: async () => Buffer.from(readme) };
  const account = async () => Buffer.from(`${JSON.stringify(await readAccount(ctx), null, 2)}\n`);
  yield { path: "account.json", content: account };
  const [{ pictureKey } = { pictureKey: null }] = await db
    .select({ pictureKey: users.pictureKey })
    .from(users)
    .where(eq(users.id, userId));
  const picture = pictureKey && (await files.get(pictureKey));
  if (picture) yield { path: "picture.webp", content: async () => picture };
  const taken = new Set<string>();
  for (const { id: workspaceId, name } of await placesOf(db, userId)) {
    const folder = freeName(taken, safeName(name) || "Workspace");
    yield* ofWorkspace(ctx, { userId, workspaceId }, folder);
  }
}

const placesOf = (q: Queryable, userId: string) =>
  q
    .select({ id: workspaces.id, name: workspaces.name })
    .from(members)
    .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(and(eq(members.userId, userId), eq(members.awaitsFactor, false)))
    .orderBy(workspaces.name, workspaces.id);

function freeName(taken: Set<string>, wanted: string): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted} (${n})`;
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}

type Whose = { userId: string; workspaceId: string };

async function* ofWorkspace({ services }: ActorContext, whose: Whose, folder: string) {
  const { db } = services;
  for (const what of ["comments", "files"] as const) {
    yield { path: `${folder}/${what}.csv`, content: async () => writtenCsv(db, what, whose) };
  }
  for (const { id, key, role } of await projectsOf(db, whose)) {
    const place = { workspaceId: whose.workspaceId, projectId: id };
    if (!(await unlessRefused(() => refuseExport(db, place, role)))) continue;
    const wanted = { projectId: id, archived: true, of: whose.userId };
    const content = async () => Buffer.from(tasksToCsv(await readTaskCsvRows(db, wanted)));
    yield { path: `${folder}/tasks/${key}.csv`, content };
  }
  const { userId, workspaceId } = whose;
  const made = await readExported(db, userId, { workspaceId, createdBy: userId });
  const plan = planExport("documents", made, []);
  const pages = `${services.config.publicUrl}/w/${workspaceId}`;
  const renderer = openRenderer({ paths: plan.paths, pages });
  try {
    for (const entry of documentEntries(db, plan.documents, renderer)) {
      yield { ...entry, path: `${folder}/${entry.path}` };
    }
  } finally {
    await renderer.close();
  }
}

/** Those that they see and have tasks in. */
function projectsOf(q: Queryable, { userId, workspaceId }: Whose) {
  const on = projectAccess(userId);
  return q
    .select({ id: projects.id, key: projects.key, role: sql<Role>`${projectRole}` })
    .from(projects)
    .innerJoin(members, on.member)
    .leftJoin(projectMembers, on.projectMember)
    .where(
      and(
        ...[eq(projects.workspaceId, workspaceId), isNotNull(projectRole)],
        exists(
          q
            .select({ id: tasks.id })
            .from(tasks)
            .where(
              and(...[eq(tasks.projectId, projects.id), isNull(tasks.deletedAt)], isTaskOf(userId)),
            ),
        ),
      ),
    )
    .orderBy(projects.key);
}
