import { schema, type Tx } from "@guildhall/db";
import { and, eq, ne } from "drizzle-orm";
import { loadProject } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { unlessRefused } from "../core/errors.ts";
import { undoRow } from "../core/feed/undo-row.ts";
import { write } from "../core/write.ts";
import type { Undo } from "./parts.ts";
import { refuseKeyInUse } from "./projects.ts";
import { type ProjectRow, readProjectRow } from "./queries.ts";

const { projects } = schema;

/** Name, key, description and whether it is archived. Who may see it is a right, and no step to undo. */
export async function undoProject(ctx: MutationContext, { id, of }: Undo) {
  const userId = ctx.actor.user.id;
  const { db } = ctx.services;
  const { workspaceId } = await loadProject(db, userId, id, "editor");
  return write(ctx, workspaceId, async (tx, record) => {
    const { role } = await loadProject(tx, userId, id, "editor");
    await tx.select().from(projects).where(eq(projects.id, id)).for("no key update");
    return undoRow(tx, {
      thing: { entity: "project", id, workspaceId },
      by: { mutationId: of, actorId: userId },
      isDeleted: false,
      fields: ["name", "key", "description", "archivedAt"],
      read: () => readProjectRow(tx, id),
      async set(values) {
        const refused = await refusedOf(tx, {
          ...values,
          id,
          workspaceId,
          isOwner: role === "owner",
        });
        const allowed = Object.entries(values).filter(
          ([name]) => !refused.some((each) => each === name),
        );
        if (allowed.length === 0) return refused;
        const set: typeof values & { archivedBy?: string | null } = Object.fromEntries(allowed);
        if ("archivedAt" in set) set.archivedBy = set.archivedAt ? userId : null;
        await tx.update(projects).set(set).where(eq(projects.id, id));
        record({
          ...{ entity: "project", id, op: "update", scopeId: id },
          row: await readProjectRow(tx, id),
        });
        return refused;
      },
    });
  });
}

type Wanted = Partial<Pick<ProjectRow, "key" | "archivedAt">> & {
  id: string;
  workspaceId: string;
  isOwner: boolean;
};

/** The key and the archive are for owners, and a key may be another project's by now, or in use. */
async function refusedOf(tx: Tx, { id, workspaceId, isOwner, ...wanted }: Wanted) {
  const refused: ("key" | "archivedAt")[] = [];
  if ("archivedAt" in wanted && !isOwner) refused.push("archivedAt");
  const { key } = wanted;
  if (key === undefined) return refused;
  const taken = and(
    ...[eq(projects.workspaceId, workspaceId), eq(projects.key, key), ne(projects.id, id)],
  );
  const isFree = isOwner && (await tx.$count(projects, taken)) === 0;
  const mayGo = isFree && (await unlessRefused(() => refuseKeyInUse(tx, id)));
  return mayGo ? refused : [...refused, "key" as const];
}
