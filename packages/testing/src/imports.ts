/** For tests of imports: uploads, starts and awaits them as a person would. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { RouterInputs } from "@guildhall/api/client";
import type { TestApi, TestPerson } from "./api.ts";

/** Real exports, never part of the project; see MANIFEST.md there. */
const REAL = path.resolve(import.meta.dirname, "../../../../shared/data/tasks");
export const hasRealFiles = existsSync(REAL);
export const realTitle = hasRealFiles
  ? "real exports"
  : "real exports (not run: ../shared/data/tasks is not here)";

export const realFile = (name: string) =>
  new File([readFileSync(path.join(REAL, name))], path.basename(name));

export const textFile = (name: string, text: string) => new File([text], name);

/** A workspace with one project, and its owner. */
export async function openProject(api: TestApi) {
  const owner = await api.person("Olga");
  const workspace = await owner.call.workspaces.create({ name: "Mill" });
  const project = await owner.call.projects.create({
    workspaceId: workspace.id,
    name: "App",
    key: "APP",
  });
  return { owner, workspace, project, projectId: project.id, workspaceId: workspace.id };
}

/** Into a workspace of theirs: an upload is its sender's, whatever it is imported into. */
export async function upload(person: TestPerson, files: File[]): Promise<string[]> {
  const [workspace = await person.call.workspaces.create({ name: "Own" })] =
    await person.call.workspaces.list();
  return Promise.all(files.map((file) => person.upload(workspace.id, file)));
}

type How = { projectId: string; files: File[] } & Omit<
  RouterInputs["imports"]["start"],
  "projectId" | "fileIds"
>;

/** Uploads, starts, and answers the import when it is done or failed. */
export async function importFiles(api: TestApi, person: TestPerson, { files, ...rest }: How) {
  const started = await person.call.imports.start({
    ...rest,
    fileIds: await upload(person, files),
  });
  return ended(api, person, started.id);
}

/** Awaits the end of an import of tasks as every page does: by the feed. */
export async function ended(api: TestApi, person: TestPerson, id: string) {
  const { workspaceId } = await person.call.imports.get({ id });
  const heard = Promise.withResolvers<void>();
  const stop = await api.services.feed.listen(workspaceId, (batch) => {
    for (const { event: change } of batch) {
      if (change.entity === "import" && change.id === id && change.row?.finishedAt) heard.resolve();
    }
  });
  try {
    if (!(await person.call.imports.get({ id })).finishedAt) await heard.promise;
    return await taskImport(person, id);
  } finally {
    stop();
  }
}

export async function taskImport(person: TestPerson, id: string) {
  const row = await person.call.imports.get({ id });
  if (row.kind !== "tasks") throw new Error("an import of tasks");
  return row;
}

/** All tasks of a project, archived ones too. */
export async function allTasks(person: TestPerson, projectId: string) {
  const items: Awaited<ReturnType<TestPerson["call"]["tasks"]["list"]>>["items"] = [];
  for (;;) {
    const cursor = items.at(-1)?.number;
    const page = await person.call.tasks.list({
      projectId,
      archived: true,
      limit: 1_000,
      ...(cursor !== undefined && { cursor }),
    });
    if (page.items.length === 0) return items;
    items.push(...page.items);
  }
}
