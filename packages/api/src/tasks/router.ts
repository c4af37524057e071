import { z } from "zod";
import { loadTask, loadWorkspace } from "../core/access.ts";
import { invariant, notFound } from "../core/errors.ts";
import { readCursor } from "../core/feed/read-feed.ts";
import { id, line } from "../core/text.ts";
import { authed, mutation, router } from "../core/trpc.ts";
import { snapshot } from "../core/write.ts";
import { archiveTasks, deleteTasks, restoreTasks } from "./archive-task.ts";
import { createTask } from "./create-task.ts";
import { taskPatch } from "./fields.ts";
import { followedTasks } from "./followed-tasks.ts";
import { moveTask } from "./move-task.ts";
import { findTaskByKey, listTasks, myTasks, readTask } from "./queries.ts";
import { undoTasks } from "./undo/undo-tasks.ts";
import { updateTask, updateTasks } from "./update-task.ts";

const one = z.object({ id });
const many = z.object({ ids: z.array(id).min(1).max(500) });
const inWorkspace = z.object({ workspaceId: id });

export const tasksRouter = router({
  create: mutation
    .input(
      taskPatch.extend({
        id: id.optional(),
        projectId: id,
        title: line(500),
        place: z.enum(["top", "bottom"]).optional(),
        unavailable: z.enum(["refuse", "omit"]).optional(),
        /** A task of the same project whose checklists it gets a copy of. */
        checklistsOf: id.optional(),
        mutationId: z.uuid().optional(),
      }),
    )
    .mutation(({ ctx, input: { mutationId: _, ...input } }) => createTask(ctx, input)),

  /**
   * Tasks in the order of their numbers, without descriptions. `seq` and `epoch` are the place in
   * the feed that the rows belong to: apply later changes to them.
   */
  list: authed
    .input(
      z.object({
        projectId: id,
        /** The number of the last task seen; comes as `nextCursor`. */
        cursor: z.int32().nonnegative().nullish(),
        limit: z.number().int().min(1).max(1_000).default(100),
        archived: z.boolean().default(false),
      }),
    )
    .query(async ({ ctx, input }) => {
      const cursor = input.cursor ?? undefined;
      const asked = { ...input, cursor, userId: ctx.actor.user.id };
      const page = await listTasks(ctx.services.db, asked);
      if (!page) throw notFound("project");
      return page;
    }),

  get: authed.input(one).query(async ({ ctx, input }) => {
    await loadTask(ctx.services.db, ctx.actor.user.id, input.id, "viewer");
    return readTask(ctx.services.db, input.id);
  }),

  /** By what people say: `APP-12`. */
  getByKey: authed
    .input(inWorkspace.extend({ key: z.string().max(30) }))
    .query(async ({ ctx, input }) => {
      const { db } = ctx.services;
      const found = await findTaskByKey(db, ctx.actor.user.id, input);
      if (!found) throw notFound("task");
      return readTask(db, found.id);
    }),

  /** Assigned to me in any project, or with a checklist item that is: what is open, and what was finished lately. */
  mine: authed.input(inWorkspace).query(({ ctx, input }) =>
    snapshot(ctx.services.db, async (tx) => {
      await loadWorkspace(tx, ctx.actor.user.id, input.workspaceId, "guest");
      const { seq, epoch } = await readCursor(tx, input.workspaceId);
      return { items: await myTasks(tx, ctx.actor.user.id, input.workspaceId), seq, epoch };
    }),
  ),

  /** Others' open tasks that I follow, the latest first. */
  followed: authed.input(inWorkspace).query(({ ctx, input }) =>
    snapshot(ctx.services.db, async (tx) => {
      await loadWorkspace(tx, ctx.actor.user.id, input.workspaceId, "guest");
      const { seq, epoch } = await readCursor(tx, input.workspaceId);
      return { items: await followedTasks(tx, ctx.actor.user.id, input.workspaceId), seq, epoch };
    }),
  ),

  /**
   * `descriptionWas`: the text that a new description grew from. When the task's is another by now,
   * nothing is changed (`description_changed`), so that nobody's writing is overwritten unseen.
   */
  update: mutation
    .input(one.extend({ patch: taskPatch, descriptionWas: z.string().max(200_000).optional() }))
    .mutation(({ ctx, input }) => updateTask(ctx, input)),

  updateMany: mutation
    .input(many.extend({ patch: taskPatch }))
    .mutation(({ ctx, input }) => updateTasks(ctx, input)),

  move: mutation
    .input(
      z.object({
        id,
        statusId: id,
        /** Directly before this task. */
        beforeId: id.optional(),
        /** Directly behind this task; wins over `beforeId`. */
        afterId: id.optional(),
      }),
    )
    .mutation(({ ctx, input }) => moveTask(ctx, input)),

  archive: mutation.input(one).mutation(async ({ ctx, input }) => {
    const [task] = await archiveTasks(ctx, [input.id]);
    return invariant(task, "one id, one task");
  }),
  archiveMany: mutation.input(many).mutation(({ ctx, input }) => archiveTasks(ctx, input.ids)),

  /** Back from the archive or the bin. */
  restore: mutation.input(one).mutation(async ({ ctx, input }) => {
    const [task] = await restoreTasks(ctx, [input.id]);
    return invariant(task, "one id, one task");
  }),
  restoreMany: mutation.input(many).mutation(({ ctx, input }) => restoreTasks(ctx, input.ids)),

  /** Into the bin; `restore` brings it back. */
  delete: mutation.input(one).mutation(async ({ ctx, input }) => {
    await deleteTasks(ctx, [input.id]);
    return { id: input.id };
  }),
  deleteMany: mutation.input(many).mutation(async ({ ctx, input }) => {
    await deleteTasks(ctx, input.ids);
    return { ids: input.ids };
  }),

  /**
   * Takes back one's own mutation `of` of these tasks, without what somebody has changed since; those
   * tasks are named in `left`. An undo can be undone in the same way.
   */
  undo: mutation
    .input(many.extend({ of: z.uuid() }))
    .mutation(({ ctx, input }) => undoTasks(ctx, input)),
});
