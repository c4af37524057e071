import { schema, sqlState, type Tx } from "@guildhall/db";
import type { CsvMapping, ImportFormat } from "@guildhall/importers/tasks";
import { and, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { recordAudit } from "../audit/record-audit.ts";
import { loadProject, loadWorkspace } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { idTaken, notFound, refused } from "../core/errors.ts";
import { write } from "../core/write.ts";
import { loadPlace } from "../documents/place.ts";
import { MY_ADDRESS } from "./import-run.ts";
import { hasFiles } from "./load-files.ts";
import { loadImport } from "./load-import.ts";
import {
  type DocumentImportRow,
  type ImportRow,
  readImport,
  recordImport,
  type TaskImportRow,
  underWay,
  type WorkspaceImportRow,
} from "./queries.ts";
import type { ConflictsInput } from "./tasks/choices.ts";
import type { ReadingInput } from "./tasks/reading.ts";
import { tellWaiting } from "./tell-waiting.ts";

const { imports } = schema;

export type NewTaskImport = {
  id?: string | undefined;
  projectId: string;
  fileIds: string[];
  format?: ImportFormat | undefined;
  mapping?: CsvMapping | undefined;
  reading?: ReadingInput | undefined;
  sameSource?: boolean | undefined;
  conflicts?: ConflictsInput | undefined;
  dryRun?: boolean | undefined;
};

/** Notes that the tasks of these files are to come into a project. */
export async function startTaskImport(ctx: MutationContext, input: NewTaskImport) {
  const userId = ctx.actor.user.id;
  const { projectId, fileIds, dryRun, ...how } = input;
  const { workspaceId } = await loadProject(ctx.services.db, userId, projectId, "editor");
  return start<TaskImportRow>(
    ctx,
    { ...how, kind: "tasks", workspaceId, fileIds, mode: dryRun ? "dry" : "real" },
    async (tx) => {
      const project = await loadProject(tx, userId, projectId, "editor");
      if (project.archivedAt) {
        throw refused(
          "project_archived",
          "Nothing was imported: this project is archived. Restore it first.",
        );
      }
      return { projectId };
    },
  );
}

export type NewDocumentImport = {
  id?: string | undefined;
  workspaceId: string;
  projectId?: string | null | undefined;
  parentId?: string | null | undefined;
  fileId: string;
};

/** Notes that this upload is to become part of the tree. */
export const startDocumentImport = (
  ctx: MutationContext,
  { id, fileId, ...wanted }: NewDocumentImport,
) =>
  start<DocumentImportRow>(
    ctx,
    { id, kind: "documents", workspaceId: wanted.workspaceId, fileIds: [fileId], mode: "real" },
    async (tx) => {
      const { projectId, parentId } = await loadPlace(tx, ctx.actor.user.id, wanted);
      return { projectId, parentId };
    },
  );

export type NewWorkspaceImport = {
  id?: string | undefined;
  workspaceId: string;
  fileId: string;
  myAddress?: string | undefined;
  dryRun?: boolean | undefined;
};

/** Notes that this upload is to become all of a new workspace, which this person owns. */
export const startWorkspaceImport = (ctx: MutationContext, input: NewWorkspaceImport) => {
  const { id, workspaceId, fileId, myAddress, dryRun } = input;
  const mode = dryRun ? "dry" : "real";
  const mapping = myAddress === undefined ? null : { [MY_ADDRESS]: myAddress };
  return start<WorkspaceImportRow>(
    ctx,
    { id, kind: "workspace", workspaceId, fileIds: [fileId], mode, mapping },
    async (tx) => {
      await loadWorkspace(tx, ctx.actor.user.id, workspaceId, "owner");
      return { projectId: null };
    },
  );
};

type Row = typeof imports.$inferInsert;
type Named = Omit<Row, "id" | "state" | "projectId" | "parentId"> & { id?: string | undefined };
type Place = Pick<Row, "projectId" | "parentId">;

/** `findPlace` authorises. Hands it to the background. */
async function start<Started extends ImportRow>(
  ctx: MutationContext,
  named: Named & Pick<Started, "kind">,
  findPlace: (tx: Tx) => Promise<Place>,
) {
  const createdBy = ctx.actor.user.id;
  const fileIds = [...new Set(named.fileIds)];
  const id = named.id ?? uuidv7();
  const row = await write(ctx, named.workspaceId, async (tx, record) => {
    const place = await findPlace(tx);
    // People are matched by their addresses.
    await loadWorkspace(tx, createdBy, named.workspaceId, "viewer");
    if (!(await hasFiles(tx, createdBy, fileIds))) throw notFound("file");
    await tx
      .insert(imports)
      .values({ ...named, ...place, id, fileIds, state: "waiting", createdBy });
    const { workspaceId, kind, mode } = named;
    await recordAudit(tx, ctx, {
      ...{ action: "import.started", workspaceId, subject: { id }, after: { kind, mode } },
    });
    return (await recordImport(tx, record, id, "insert")) as Started;
  }).catch((error: unknown) => {
    throw sqlState(error) === "23505" ? idTaken(error) : error;
  });
  await ctx.services.enqueueImport(row.id);
  return row;
}

/** Whoever works on it notices before it commits; then nothing of it stays. */
export async function cancelImport(ctx: MutationContext, id: string): Promise<ImportRow> {
  const { services, actor } = ctx;
  const { createdBy, workspaceId } = await loadImport(services.db, actor.user.id, id);
  if (createdBy !== actor.user.id) throw notYours();
  const row = await write(ctx, workspaceId, async (tx, record) => {
    const ended = await tx
      .update(imports)
      .set({ state: "cancelled", finishedAt: new Date() })
      .where(and(eq(imports.id, id), underWay))
      .returning({ id: imports.id });
    return ended.length > 0 ? recordImport(tx, record, id) : readImport(tx, id);
  });
  await tellWaiting(services);
  return row;
}

const notYours = () =>
  refused("not_yours", "Nothing was changed: only the person who started an import can cancel it.");
