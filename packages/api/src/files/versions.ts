/** What a file was before. Its newest version is what the file is; no version is ever changed. */
import { type Queryable, schema, type Tx } from "@guildhall/db";
import { and, desc, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { MutationContext } from "../core/context.ts";
import { notFound } from "../core/errors.ts";
import type { RecordChange } from "../core/feed/change.ts";
import { write } from "../core/write.ts";
import { type LoadedFile, loadFile } from "./load-file.ts";
import { readFile } from "./queries.ts";

const { files, fileVersions } = schema;

type Content = { objectId: string; type: string; size: number };
type NewVersion = Content & { id: string; name: string; createdBy: string };

/** Makes this the newest version of a file that is locked. The file's own name stays. */
export async function setContent(
  tx: Tx,
  record: RecordChange,
  file: LoadedFile,
  version: NewVersion,
) {
  const { objectId, type, size, createdBy } = version;
  const n = file.version + 1;
  await tx.insert(fileVersions).values({ ...version, fileId: file.id, n });
  await tx
    .update(files)
    .set({ objectId, type, size, version: n, changedBy: createdBy, changedAt: new Date() })
    .where(eq(files.id, file.id));
  const row = await readFile(tx, file.id);
  const { scopeId, workspaceId } = file;
  record({ entity: "file", id: file.id, op: "update", row, scopeId, workspaceId });
  return row;
}

const versionColumns = {
  id: fileVersions.id,
  n: fileVersions.n,
  name: fileVersions.name,
  type: fileVersions.type,
  size: fileVersions.size,
  createdBy: fileVersions.createdBy,
  createdAt: fileVersions.createdAt,
};

/** Newest first. For verbs that have already authorised. */
export const listVersions = (q: Queryable, fileId: string) =>
  q
    .select(versionColumns)
    .from(fileVersions)
    .where(eq(fileVersions.fileId, fileId))
    .orderBy(desc(fileVersions.n))
    .limit(1_000);

export async function loadVersion(q: Queryable, fileId: string, n: number) {
  const [row] = await q
    .select()
    .from(fileVersions)
    .where(and(eq(fileVersions.fileId, fileId), eq(fileVersions.n, n)));
  if (!row) throw notFound("version");
  return row;
}

/** An earlier version once more, as the newest; those in between stay. */
export const restoreVersion = (ctx: MutationContext, { id, n }: { id: string; n: number }) =>
  write(ctx, null, async (tx, record) => {
    const createdBy = ctx.actor.user.id;
    const file = await loadFile(tx, createdBy, id, "editor", { lock: true });
    if (n === file.version) return readFile(tx, id);
    const { name, objectId, type, size } = await loadVersion(tx, id, n);
    return setContent(tx, record, file, {
      ...{ id: uuidv7(), name, createdBy },
      ...{ objectId, type, size },
    });
  });
