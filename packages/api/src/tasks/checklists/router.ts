import { z } from "zod";
import { loadTask } from "../../core/access.ts";
import { day, id, line } from "../../core/text.ts";
import { authed, mutation, router } from "../../core/trpc.ts";
import { createChecklist, deleteChecklist, moveChecklist, renameChecklist } from "./checklists.ts";
import { addItems, deleteItem, moveItem, updateItem } from "./items.ts";
import { listChecklists } from "./queries.ts";
import { undoChecklist, undoItems } from "./undo.ts";

const one = z.object({ id });
const title = line(200);
const text = line(1_000);
const beside = {
  /** Directly before this one. */
  beforeId: id.optional(),
  /** Directly behind this one; wins over `beforeId`. At the end without either. */
  afterId: id.optional(),
};
const patch = z
  .object({
    text,
    isDone: z.boolean(),
    /** Somebody who may see the project. */
    assigneeId: id.nullable(),
    /** yyyy-mm-dd */
    dueDate: day.nullable(),
    /** The task that it has become, of the same project: done when that is. */
    linkedTaskId: id.nullable(),
  })
  .partial()
  .strict();

/** Checklists of tasks: lists with a title, in an order, of items to tick. */
export const checklistsRouter = router({
  /** Of a task, with all their items, each in its order. `rank` sorts byte by byte. */
  list: authed.input(z.object({ taskId: id })).query(async ({ ctx, input }) => {
    await loadTask(ctx.services.db, ctx.actor.user.id, input.taskId, "viewer");
    return listChecklists(ctx.services.db, [input.taskId]);
  }),
  /** A task can have 50 (`too_many_checklists`). */
  create: mutation
    .input(z.object({ id: id.optional(), taskId: id, title, ...beside }))
    .mutation(({ ctx, input }) => createChecklist(ctx, input)),
  rename: mutation
    .input(one.extend({ title }))
    .mutation(({ ctx, input }) => renameChecklist(ctx, input)),
  move: mutation.input(one.extend(beside)).mutation(({ ctx, input }) => moveChecklist(ctx, input)),
  /** With its items; `undo` brings all back. */
  delete: mutation.input(one).mutation(({ ctx, input }) => deleteChecklist(ctx, input)),
  /**
   * Takes back one's own mutation `of` of a checklist; what somebody has changed since stays, and is
   * named in `left`. An undo can be undone in the same way.
   */
  undo: mutation
    .input(one.extend({ of: id }))
    .mutation(({ ctx, input }) => undoChecklist(ctx, input)),

  /** Several at one place, in their order. All checklists of a task can have 500 (`too_many_checklist_items`). */
  addItems: mutation
    .input(
      z.object({
        checklistId: id,
        items: z
          .array(patch.extend({ id: id.optional(), text }))
          .min(1)
          .max(500),
        ...beside,
      }),
    )
    .mutation(({ ctx, input }) => addItems(ctx, input)),
  /** Of an item that has become a task only the link can be changed (`item_is_task`). */
  updateItem: mutation
    .input(one.extend({ patch }))
    .mutation(({ ctx, input }) => updateItem(ctx, input)),
  /** Into another checklist of the same task with `checklistId`. */
  moveItem: mutation
    .input(one.extend({ checklistId: id.optional(), ...beside }))
    .mutation(({ ctx, input }) => moveItem(ctx, input)),
  deleteItem: mutation.input(one).mutation(({ ctx, input }) => deleteItem(ctx, input)),
  /** As `undo`, of what one mutation did to these items of one task. */
  undoItems: mutation
    .input(z.object({ ids: z.array(id).min(1).max(500), of: id }))
    .mutation(({ ctx, input }) => undoItems(ctx, input)),
});
