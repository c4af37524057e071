/**
 * The job behind `imports.start`.
 *
 * It may be cut off anywhere (a killed worker, a lost database) and is then begun again from the
 * start: until its one transaction commits nothing of it exists, and that transaction also notes
 * that the import is done, so a second run finds either nothing or the end. What cannot succeed is
 * noted on the import; what may succeed later is thrown, and the queue brings it again.
 */
import { schema } from "@guildhall/db";
import type { CsvMapping } from "@guildhall/importers/tasks";
import { ImportFileError } from "@guildhall/importers/tasks";
import { and, eq, notInArray, sql } from "drizzle-orm";
import { loadProject } from "../core/access.ts";
import type { Actor, Services } from "../core/context.ts";
import { GuildhallError } from "../core/errors.ts";
import { asDatabaseFailure, write } from "../core/write.ts";
import { cutOffTooOften, fileGone, ImportRefusal, importerGone } from "./import-refusals.ts";
import { contentOf, loadFiles } from "./load-files.ts";
import { followProgress } from "./progress.ts";
import { readImport } from "./queries.ts";
import { readPlan } from "./read-in-thread.ts";
import { writePlan } from "./write-plan.ts";

const { imports, users } = schema;

export type ImportRun = {
  services: Services;
  /** Who started it; written as them, with the rights they have now. */
  actor: Pick<Actor, "user">;
  path: string;
  import: typeof imports.$inferSelect;
};

const MOST_ATTEMPTS = 5;

/** Brings an import to its end; returns at once when it is there already. */
export async function runImport(services: Services, importId: string, signal: AbortSignal) {
  const row = await begin(services, importId);
  if (!row) return;
  const actor = await findImporter(services, row.createdBy);
  const run: ImportRun = { services, actor, path: "imports.run", import: row };
  try {
    await runOnce(run, signal);
  } catch (error) {
    if (signal.aborted || mayWorkLater(error)) throw error;
    await noteFailure(run, error);
  }
}

async function runOnce(run: ImportRun, signal: AbortSignal) {
  const { services, actor, import: row } = run;
  if (row.attempts > MOST_ATTEMPTS) throw cutOffTooOften(MOST_ATTEMPTS);
  if (row.createdBy === null) throw importerGone();
  await loadProject(services.db, actor.user.id, row.projectId, "editor");
  const files = await loadFiles(services.db, actor.user.id, row.fileIds);
  if (!files) throw fileGone();
  const progress = followProgress(run);
  try {
    progress.tell({ state: "reading", done: 0, total: 0 });
    const mapping = row.mapping as CsvMapping | null;
    const readable = files.map((file) => ({ ...file, content: () => contentOf(services, file) }));
    const plan = await readPlan({ files: readable, format: row.format, mapping }, signal);
    await writePlan(run, plan, { progress, signal });
  } finally {
    await progress.settle();
  }
}

/** Counts the attempt; null when there is nothing to do any more. */
async function begin({ db }: Services, id: string) {
  const [row] = await db
    .update(imports)
    .set({ attempts: sql`${imports.attempts} + 1` })
    .where(and(eq(imports.id, id), notInArray(imports.state, ["done", "failed"])))
    .returning();
  return row ?? null;
}

const nobody = { id: "", email: "", name: "" };

async function findImporter({ db }: Services, id: string | null) {
  if (id === null) return { user: nobody };
  const { email, name } = users;
  const [user] = await db.select({ id: users.id, email, name }).from(users).where(eq(users.id, id));
  return { user: user ?? nobody };
}

const LATER = new Set(["busy", "database_unavailable", "file_store_unavailable"]);

function mayWorkLater(error: unknown): boolean {
  if (error instanceof GuildhallError) return LATER.has(error.reason);
  return asDatabaseFailure(error) !== null;
}

async function noteFailure(run: ImportRun, cause: unknown) {
  const error = explain(cause);
  const { id, workspaceId, projectId } = run.import;
  if (error.reason === "internal") {
    run.services.config.log.error({ err: cause, importId: id }, "An import failed.");
  }
  const actor = run.actor.user === nobody ? null : run.actor;
  await write({ ...run, actor }, workspaceId, async (tx, record) => {
    const changed = await tx
      .update(imports)
      .set({ state: "failed", error, finishedAt: new Date() })
      .where(and(eq(imports.id, id), notInArray(imports.state, ["done", "failed"])))
      .returning({ id: imports.id });
    if (changed.length === 0) return;
    record({
      entity: "import",
      id,
      op: "update",
      row: await readImport(tx, id),
      within: projectId,
    });
  });
}

function explain(error: unknown): { reason: string; message: string } {
  if (error instanceof ImportFileError || error instanceof ImportRefusal) {
    return { reason: error.reason, message: `${error.message} Nothing was imported.` };
  }
  if (error instanceof GuildhallError) return { reason: error.reason, message: error.message };
  return {
    reason: "internal",
    message:
      "Something went wrong on the server. Nothing was imported. Try again; if it keeps happening, tell your administrator.",
  };
}
