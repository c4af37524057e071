/**
 * The job behind `imports.start` and `imports.startDocuments`.
 *
 * It may be cut off anywhere (a killed worker, a lost database) and is then begun again from the
 * start: until its one transaction commits nothing of it exists but bytes in the store, which are
 * dropped, or swept when nobody was left to drop them. That transaction also notes that the import is
 * done, so a second run finds either nothing or the end. What cannot succeed is noted on the import;
 * what may succeed later is thrown, and the queue brings it again.
 */
import { schema } from "@guildhall/db";
import { DocumentImportRefusal } from "@guildhall/importers/documents";
import { ImportFileError } from "@guildhall/importers/tasks";
import { and, eq, sql } from "drizzle-orm";
import type { Actor, Services } from "../core/context.ts";
import { GuildhallError } from "../core/errors.ts";
import type { RefusalReason } from "../core/reasons.ts";
import { isOpenAccount } from "../core/rights/open-account.ts";
import { asDatabaseFailure, write } from "../core/write.ts";
import { importDocuments } from "./documents/import-documents.ts";
import { cutOffTooOften, fileGone, ImportRefusal, importerGone } from "./import-refusals.ts";
import { Ended, type ImportRun } from "./import-run.ts";
import { loadFiles } from "./load-files.ts";
import { followProgress } from "./progress.ts";
import { recordImport, underWay } from "./queries.ts";
import { importTasks } from "./tasks/import-tasks.ts";
import { tellWaiting } from "./tell-waiting.ts";
import { importWorkspace } from "./workspace/import-workspace.ts";

const { imports, users } = schema;

type Row = ImportRun["import"];

const bring: Record<Row["kind"], (run: ImportRun) => Promise<void>> = {
  tasks: importTasks,
  documents: importDocuments,
  workspace: importWorkspace,
};

const MOST_ATTEMPTS = 5;
const RUN = "imports.run";

/** Brings an import to its end; returns at once when it is there already. */
export async function runImport(services: Services, importId: string, stopping: AbortSignal) {
  const row = await begin(services, importId);
  if (!row) return;
  const user = await findImporter(services, row.createdBy);
  try {
    await runOnce(services, { row, user, stopping });
  } catch (error) {
    if (error instanceof Ended) return;
    if (stopping.aborted || mayWorkLater(error)) throw error;
    await noteFailure(services, { row, user }, error);
  }
  await tellWaiting(services);
}

type Begun = { row: Row; user: Actor["user"] | null };

async function runOnce(
  services: Services,
  { row, user, stopping }: Begun & { stopping: AbortSignal },
) {
  if (row.attempts > MOST_ATTEMPTS) throw cutOffTooOften(MOST_ATTEMPTS);
  if (!user) throw importerGone();
  const files = await loadFiles(services, user.id, row.fileIds);
  if (!files) throw fileGone();
  const ending = new AbortController();
  const signal = AbortSignal.any([stopping, ending.signal]);
  const writer = { services, actor: { user }, path: RUN, import: row };
  const progress = followProgress(writer, () => ending.abort(new Ended()));
  try {
    progress.tell({ state: "reading", done: 0, total: 0 });
    await bring[row.kind]({ ...writer, files, progress, signal });
  } finally {
    await progress.settle();
  }
}

/** Counts the attempt; null when there is nothing to do any more. */
async function begin({ db }: Services, id: string) {
  const [row] = await db
    .update(imports)
    .set({ attempts: sql`${imports.attempts} + 1` })
    .where(and(eq(imports.id, id), underWay))
    .returning();
  return row ?? null;
}

async function findImporter({ db }: Services, id: string | null) {
  if (id === null) return null;
  const { email, name } = users;
  const [user] = await db
    .select({ id: users.id, email, name })
    .from(users)
    .where(isOpenAccount(id));
  return user ?? null;
}

const LATER = new Set<RefusalReason>(["busy", "database_unavailable", "file_store_unavailable"]);

function mayWorkLater(error: unknown): boolean {
  if (error instanceof GuildhallError) return LATER.has(error.reason);
  return asDatabaseFailure(error) !== null;
}

async function noteFailure(
  services: Services,
  { row: { id, workspaceId }, user }: Begun,
  cause: unknown,
) {
  const error = explain(cause);
  if (error.reason === "internal") {
    services.config.log.error({ err: cause, importId: id }, "An import failed.");
  }
  const ctx = { services, actor: user && { user }, path: RUN };
  await write(ctx, workspaceId, async (tx, record) => {
    const changed = await tx
      .update(imports)
      .set({ state: "failed", error, finishedAt: new Date() })
      .where(and(eq(imports.id, id), underWay))
      .returning({ id: imports.id });
    if (changed.length > 0) await recordImport(tx, record, id);
  });
}

const refusals = [ImportFileError, ImportRefusal, DocumentImportRefusal];

function explain(error: unknown): { reason: string; message: string } {
  for (const Refusal of refusals) {
    if (!(error instanceof Refusal)) continue;
    return { reason: error.reason, message: `${error.message} Nothing was imported.` };
  }
  if (error instanceof GuildhallError) return { reason: error.reason, message: error.message };
  return {
    reason: "internal",
    message:
      "Something went wrong on the server. Nothing was imported. Try again; if it keeps happening, tell your administrator.",
  };
}
