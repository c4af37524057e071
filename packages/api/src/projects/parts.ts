/** The statuses and labels of a project: each is a thing of its own, and there are not too many of them. */
import { schema, sqlState, type Tx } from "@guildhall/db";
import { and, eq } from "drizzle-orm";
import { loadProject, NOWHERE } from "../core/access.ts";
import type { MutationContext } from "../core/context.ts";
import { asMissing, refused } from "../core/errors.ts";
import type { RecordChange, RecordedChange } from "../core/feed/change.ts";
import { write } from "../core/write.ts";

const { changes, projects, statuses, labels } = schema;

/** Every page of the project holds all of them, and people choose from them in one list. */
export const MOST = { statuses: 50, labels: 500 } as const;

/** Under a lock on the project, as `changePart` has it. */
export async function refuseTooMany(tx: Tx, what: keyof typeof MOST, projectId: string) {
  const table = what === "statuses" ? statuses : labels;
  if ((await tx.$count(table, eq(table.projectId, projectId))) < MOST[what]) return;
  throw refused(
    `too_many_${what}`,
    `Nothing was saved: a project can have ${MOST[what]} ${what}. Delete one that is no longer used, then try again.`,
  );
}

/** Finds the project of what is changed; in the transaction, so that a repeated delete finds its answer first. */
type FindProject = (tx: Tx) => Promise<string>;
type Part = { projectId: FindProject; what: "project" | "status" | "label" };

export const ofProject = (id: string): Part => ({ projectId: async () => id, what: "project" });

export const ofStatus = (id: string): Part => ({
  what: "status",
  projectId: async (tx) => {
    const [row] = await tx.select().from(statuses).where(eq(statuses.id, id));
    return row?.projectId ?? NOWHERE;
  },
});

export const ofLabel = (id: string): Part => ({
  what: "label",
  projectId: async (tx) => {
    const [row] = await tx.select().from(labels).where(eq(labels.id, id));
    return row?.projectId ?? NOWHERE;
  },
});

/** What a person would take back may have been deleted since: the feed says whose it was. */
export const ofUndone = (part: Part, { id, of, userId }: Undo & { userId: string }): Part => ({
  what: part.what,
  projectId: async (tx) => {
    const [told] = await tx
      .select({ scopeId: changes.scopeId })
      .from(changes)
      .where(
        and(
          ...[eq(changes.entityId, id), eq(changes.entity, part.what)],
          ...[eq(changes.mutationId, of), eq(changes.actorId, userId)],
        ),
      )
      .limit(1);
    return told?.scopeId ?? part.projectId(tx);
  },
});

/** `of`: the id of one's own mutation of it. */
export type Undo = { id: string; of: string };

type Tell = (change: Omit<RecordedChange, "within" | "workspaceId">) => void;
type Place = { projectId: string; workspaceId: string; tell: Tell; record: RecordChange };

/** `tell` says what became of the status or the label itself, `record` what became of tasks with it. */
export async function changePart<T>(
  ctx: MutationContext,
  part: Part,
  change: (tx: Tx, place: Place) => Promise<T>,
): Promise<T> {
  const userId = ctx.actor.user.id;
  try {
    return await write(ctx, null, async (tx, recordIn) => {
      const asked = await part.projectId(tx);
      const { id, workspaceId } = await loadProject(tx, userId, asked, "editor").catch(
        asMissing(part.what),
      );
      // One at a time: two new statuses must not get the same rank.
      await tx.select().from(projects).where(eq(projects.id, id)).for("no key update");
      const record: RecordChange = (each) => recordIn({ workspaceId, ...each });
      const tell: Tell = (each) => record({ scopeId: id, ...each } as RecordedChange);
      return change(tx, { projectId: id, workspaceId, tell, record });
    });
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    throw refused(
      "name_taken",
      "Nothing was changed: this project already has one with that name.",
    );
  }
}
