/**
 * The job behind `documentImports.start`.
 *
 * It may be cut off anywhere and is then begun again from the start: until its one transaction commits
 * nothing of it exists but bytes in the store, which are dropped, or swept later when nobody was left
 * to drop them. What cannot succeed is noted on the import; what may succeed later is thrown, and the
 * queue brings it again.
 */
import { schema } from "@guildhall/db";
import { DocumentImportRefusal } from "@guildhall/importers/documents";
import { and, eq } from "drizzle-orm";
import type { Actor, Services } from "../core/context.ts";
import { GuildhallError } from "../core/errors.ts";
import { asDatabaseFailure } from "../core/write.ts";
import { dropContent, keepContent } from "../files/store-file.ts";
import {
  cutOffTooOften,
  fileGone,
  ImportRefusal,
  importerGone,
} from "../imports/import-refusals.ts";
import { contentOf, loadFiles } from "../imports/load-files.ts";
import { beginDocumentImport, underWay } from "./queries.ts";
import { readTree } from "./read-in-thread.ts";
import { Cancelled, type KeptFile, writeTree } from "./write-tree.ts";

const { documentImports, users } = schema;

export type DocumentImportRun = {
  services: Services;
  /** Who started it; written as them, with the rights they have now. */
  actor: Pick<Actor, "user">;
  path: string;
  import: typeof documentImports.$inferSelect;
};

const MOST_ATTEMPTS = 5;
const SHOWN_EVERY_MS = 300;

/** Brings an import to its end; returns at once when it is there already. */
export async function runDocumentImport(services: Services, id: string, signal: AbortSignal) {
  const row = await beginDocumentImport(services.db, id);
  if (!row) return;
  try {
    await runOnce(services, row, signal);
  } catch (error) {
    if (error instanceof Cancelled) return;
    if (signal.aborted || mayWorkLater(error)) throw error;
    await noteFailure(services, id, error);
  }
}

async function runOnce(
  services: Services,
  row: DocumentImportRun["import"],
  stopping: AbortSignal,
) {
  if (row.attempts > MOST_ATTEMPTS) throw cutOffTooOften(MOST_ATTEMPTS);
  const user = await findUser(services, row.createdBy);
  if (!user) throw importerGone();
  const [upload] = (await loadFiles(services.db, user.id, [row.fileId])) ?? [];
  if (!upload) throw fileGone();
  const run = { services, actor: { user }, path: "documentImports.run", import: row };
  const cancelling = new AbortController();
  const signal = AbortSignal.any([stopping, cancelling.signal]);
  const progress = showProgress(services, row.id, () => cancelling.abort(new Cancelled()));
  const files: KeptFile[] = [];
  let spare: { key: string }[] | null = null;
  try {
    const content = () => contentOf(services, upload);
    const tree = await readTree(
      { ...upload, content },
      {
        signal,
        onProgress: progress.tell,
        onFile: async ({ bytes, ...file }) => {
          const kept = await keepContent(services, bytes);
          files.push({ ...file, kept });
        },
      },
    );
    await progress.settle();
    signal.throwIfAborted();
    spare = await writeTree(run, tree, files);
    services.search.wake();
    await services.lookForUnreadTexts();
  } finally {
    await progress.settle();
    // After a commit only what was there before; else all of it.
    const unused = spare ?? files.map(({ kept }) => kept);
    for (const content of unused) await dropContent(services, content);
  }
}

/** Shows how far it is, a few times a second; `onCancelled`: somebody has called it off. */
function showProgress({ db, config }: Services, id: string, onCancelled: () => void) {
  let next: { done: number; total: number } | null = null;
  let shownAt = 0;
  let writing: Promise<void> | null = null;
  const show = async () => {
    while (next && Date.now() - shownAt >= SHOWN_EVERY_MS) {
      const standing = next;
      next = null;
      shownAt = Date.now();
      const shown = await db
        .update(documentImports)
        .set({ state: "reading", ...standing })
        .where(and(eq(documentImports.id, id), underWay))
        .returning({ id: documentImports.id });
      if (shown.length === 0) onCancelled();
    }
  };
  return {
    tell(done: number, total: number) {
      next = { done, total };
      writing ??= show()
        .catch((err) => config.log.warn({ err }, "Progress could not be shown."))
        .finally(() => {
          writing = null;
        });
    },
    settle: async () => {
      await writing;
    },
  };
}

async function findUser({ db }: Services, id: string | null) {
  if (id === null) return null;
  const { email, name } = users;
  const [user] = await db.select({ id: users.id, email, name }).from(users).where(eq(users.id, id));
  return user ?? null;
}

const LATER = new Set(["busy", "database_unavailable", "file_store_unavailable"]);

function mayWorkLater(error: unknown): boolean {
  if (error instanceof GuildhallError) return LATER.has(error.reason);
  return asDatabaseFailure(error) !== null;
}

async function noteFailure({ db, config }: Services, id: string, cause: unknown) {
  const error = explain(cause);
  if (error.reason === "internal") {
    config.log.error({ err: cause, importId: id }, "An import of documents failed.");
  }
  await db
    .update(documentImports)
    .set({ state: "failed", error, finishedAt: new Date() })
    .where(and(eq(documentImports.id, id), underWay));
}

function explain(error: unknown): { reason: string; message: string } {
  if (error instanceof DocumentImportRefusal || error instanceof ImportRefusal) {
    return { reason: error.reason, message: `${error.message} Nothing was imported.` };
  }
  if (error instanceof GuildhallError) return { reason: error.reason, message: error.message };
  return {
    reason: "internal",
    message:
      "Something went wrong on the server. Nothing was imported. Try again; if it keeps happening, tell your administrator.",
  };
}
