import { schema } from "@guildhall/db";
import { z } from "zod";
import { loadWorkspace } from "../../core/access.ts";
import { id, ids, line } from "../../core/text.ts";
import { authed, mutation, router } from "../../core/trpc.ts";
import { createGroup, deleteGroup, MOST_HANDLE, undoGroup, updateGroup } from "./groups.ts";
import { addToGroup, removeFromGroup } from "./members.ts";
import { listGroups, rolesOfGroup } from "./queries.ts";

const fields = z.object({
  name: line(100),
  handle: z
    .string()
    .max(MOST_HANDLE)
    .regex(
      /^[\p{Ll}\p{Lo}\p{N}]+(-[\p{Ll}\p{Lo}\p{N}]+)*$/u,
      "Use lower-case letters, digits and hyphens for the handle, such as design-team.",
    ),
  description: z.string().max(1_000),
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, "Write the colour as #rrggbb.")
    .nullable(),
  role: z.enum(schema.roles).nullable(),
});
const one = z.object({ id });
const inWorkspace = z.object({ workspaceId: id });
const people = one.extend({ userIds: ids(1_000).min(1) });

export const groupsRouter = router({
  /** Of the workspace, each with the people in it. */
  list: authed.input(inWorkspace).query(async ({ ctx, input }) => {
    await loadWorkspace(ctx.services.db, ctx.actor.user.id, input.workspaceId, "viewer");
    return listGroups(ctx.services.db, input.workspaceId);
  }),

  /**
   * Where a group has a role, as far as I may see that: projects, and documents with access of their own;
   * and how many tasks are assigned to it.
   */
  roles: authed.input(one).query(({ ctx, input }) => rolesOfGroup(ctx, input.id)),

  create: mutation
    .input(
      inWorkspace.extend({
        id: id.optional(),
        ...fields.partial().required({ name: true }).shape,
        memberIds: ids(1_000).optional(),
      }),
    )
    .mutation(({ ctx, input }) => createGroup(ctx, input)),

  update: mutation
    .input(one.extend({ patch: fields.partial().strict() }))
    .mutation(({ ctx, input }) => updateGroup(ctx, input)),

  delete: mutation.input(one).mutation(({ ctx, input }) => deleteGroup(ctx, input)),

  addMembers: mutation.input(people).mutation(({ ctx, input }) => addToGroup(ctx, input)),
  removeMembers: mutation.input(people).mutation(({ ctx, input }) => removeFromGroup(ctx, input)),

  /** One's own mutation `of` is taken back; what somebody has changed since stays, and is named in `left`. */
  undo: mutation.input(one.extend({ of: id })).mutation(({ ctx, input }) => undoGroup(ctx, input)),
});
