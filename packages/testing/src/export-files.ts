import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { ImportFile, ImportPlan, PlannedTask } from "@guildhall/importers/tasks";
import { ImportFileError } from "@guildhall/importers/tasks";

/** Real exports are not ours to publish; they lie beside the repository where they exist. */
const REAL = fileURLToPath(new URL("../../../../shared/data/tasks/", import.meta.url));

export const hasRealExports = existsSync(REAL);
export const WITH_REAL = hasRealExports
  ? "(real export)"
  : "(skipped: no ../shared/data/tasks beside the repository)";

export function realExport(...paths: string[]): ImportFile[] {
  return paths.map((path) => readFile(REAL + path));
}

export function fixture(...names: string[]): ImportFile[] {
  return names.map((name) => readFile(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))));
}

function readFile(path: string): ImportFile {
  return { name: basename(path), bytes: new Uint8Array(readFileSync(path)) };
}

export function textFile(name: string, text: string): ImportFile {
  return { name, bytes: new TextEncoder().encode(text) };
}

export function taskByKey(plan: ImportPlan, key: string): PlannedTask {
  const task = plan.tasks.find((it) => it.sourceKey === key);
  if (task === undefined) throw new Error(`no task ${key} in the plan`);
  return task;
}

export function countComments(plan: ImportPlan): number {
  return plan.tasks.reduce((sum, task) => sum + task.comments.length, 0);
}

/** What the call refuses with; fails when it does not refuse, or with anything but our own error. */
export function refusal(call: () => unknown): ImportFileError {
  try {
    call();
  } catch (error) {
    if (error instanceof ImportFileError) return error;
    throw error;
  }
  throw new Error("the file was accepted");
}
