import { schema, sqlState, type Tx } from "@guildhall/db";
import { count, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { recordAudit } from "../audit/record-audit.ts";
import { loadProject, loadWorkspace, type Role, whoCanView } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { refused } from "../core/errors.ts";
import { isEmptyPatch } from "../core/patch.ts";
import { write } from "../core/write.ts";
import { recordAccess } from "./access.ts";
import { defaultStatuses } from "./default-statuses.ts";
import { readProject, readProjectRow } from "./queries.ts";

const { projects, projectMembers, statuses, tasks } = schema;

type NewProject = {
  id?: string;
  workspaceId: string;
  name: string;
  key: string;
  description?: string;
  visibility?: "open" | "private";
};

/** Runs `verb`; a key that is taken becomes a sentence about the key. */
async function withFreeKey<T>(key: string | undefined, verb: () => Promise<T>): Promise<T> {
  try {
    return await verb();
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    throw refused(
      "key_taken",
      `Nothing was saved: another project already uses the key ${key ?? ""}, or a deleted one that can still be restored, or this ID is taken.`,
    );
  }
}

/** With five statuses to start from. Its maker is its first owner. */
export function createProject(ctx: MutationContext, input: NewProject) {
  const id = input.id ?? uuidv7();
  const userId = ctx.actor.user.id;
  return withFreeKey(input.key, () =>
    write(ctx, input.workspaceId, async (tx, record) => {
      const { projectVisibility } = await loadWorkspace(tx, userId, input.workspaceId, "editor");
      const { workspaceId, name, key, description, visibility = projectVisibility } = input;
      await tx
        .insert(projects)
        .values({ id, workspaceId, name, key, description, visibility, createdBy: userId });
      const columns = defaultStatuses().map((status) => ({ ...status, projectId: id }));
      await tx.insert(statuses).values(columns);
      await tx
        .insert(projectMembers)
        .values({ projectId: id, userId, role: "owner", personalRole: "owner" });
      const row = await readProjectRow(tx, id);
      record({ entity: "project", id, op: "insert", row, scopeId: id });
      for (const status of columns) {
        record({ entity: "status", id: status.id, op: "insert", row: status, scopeId: id });
      }
      const { role } = await loadProject(tx, userId, id, "viewer");
      return { ...(await readProject(tx, id)), role };
    }),
  );
}

type ProjectPatch = Partial<Pick<NewProject, "name" | "key" | "description" | "visibility">> & {
  /** Null: as in the workspace. */
  exporterRole?: Role | null;
};

const rights = ["visibility", "key", "exporterRole"] as const;

/**
 * Changes the fields given. Who may see and export it and its key are for its owners; the key only
 * while the project has no task, because people write `APP-123` into mails and commits.
 */
export async function updateProject(
  ctx: MutationContext,
  input: { id: string; patch: ProjectPatch },
) {
  const { id, patch } = input;
  const need = rights.some((name) => patch[name] !== undefined) ? "owner" : "editor";
  const userId = ctx.actor.user.id;
  const { answer, affected } = await withFreeKey(patch.key, async () => {
    const project = await loadProject(ctx.services.db, userId, id, need);
    let affected: string[] = [];
    const answer = await write(ctx, project.workspaceId, async (tx, record) => {
      const now = await loadProject(tx, userId, id, need);
      if (patch.key !== undefined && patch.key !== now.key) await refuseKeyInUse(tx, id);
      const before = await whoCanView(tx, id);
      if (!isEmptyPatch(patch)) {
        await tx.update(projects).set(patch).where(eq(projects.id, id));
      }
      const row = await readProjectRow(tx, id);
      record({ entity: "project", id, op: "update", row, scopeId: id });
      if (row.visibility !== now.visibility) {
        await recordAudit(tx, ctx, {
          ...{ action: "project.visibilityChanged", workspaceId: now.workspaceId, subject: row },
          before: { visibility: now.visibility },
          after: { visibility: row.visibility },
        });
      }
      if (row.exporterRole !== now.exporterRole) {
        await recordAudit(tx, ctx, {
          ...{ action: "project.exportChanged", workspaceId: now.workspaceId, subject: row },
          before: { exporterRole: now.exporterRole },
          after: { exporterRole: row.exporterRole },
        });
      }
      affected = await recordAccess(tx, record, id, before);
      return { ...row, role: now.role };
    });
    return { answer, affected };
  });
  for (const person of affected) ctx.services.signals.notifyUser(person);
  return answer;
}

export async function refuseKeyInUse(tx: Tx, projectId: string) {
  const [row] = await tx.select({ n: count() }).from(tasks).where(eq(tasks.projectId, projectId));
  if (row?.n) {
    throw refused("key_in_use", "The key can't be changed once the project has tasks.");
  }
}

const setArchived = (archived: boolean) => async (ctx: MutationContext, input: { id: string }) => {
  const userId = ctx.actor.user.id;
  const { workspaceId } = await loadProject(ctx.services.db, userId, input.id, "owner");
  return write(ctx, workspaceId, async (tx, record) => {
    const { id, role } = await loadProject(tx, userId, input.id, "owner");
    await tx
      .update(projects)
      .set(
        archived
          ? { archivedAt: new Date(), archivedBy: userId }
          : { archivedAt: null, archivedBy: null },
      )
      .where(eq(projects.id, id));
    const row = await readProjectRow(tx, id);
    record({ entity: "project", id, op: "update", row, scopeId: id });
    return { ...row, role };
  });
};

export const archiveProject = setArchived(true);
export const restoreProject = setArchived(false);
