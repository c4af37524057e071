import type { CsvMapping } from "@guildhall/importers/tasks";
import { loadProject } from "../../core/access.ts";
import { invariant } from "../../core/errors.ts";
import type { ImportRun } from "../import-run.ts";
import { readPlan } from "./read-plan.ts";
import { readingInput } from "./reading.ts";
import { writePlan } from "./write/write-plan.ts";

export type TaskImportRun = ImportRun & { import: { projectId: string } };

export async function importTasks(run: ImportRun): Promise<void> {
  const { services, actor, files, signal } = run;
  const { format } = run.import;
  const projectId = invariant(run.import.projectId, "tasks come into a project");
  await loadProject(services.db, actor.user.id, projectId, "editor");
  const mapping = run.import.mapping as CsvMapping | null;
  const reading = readingInput.nullable().parse(run.import.reading);
  const plan = await readPlan({ files, format, mapping, reading }, signal);
  await writePlan({ ...run, import: { ...run.import, projectId } }, plan);
}
