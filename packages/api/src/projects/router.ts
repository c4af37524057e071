import { schema } from "@guildhall/db";
import { z } from "zod";
import { loadProject, loadWorkspace } from "../core/access.ts";
import { id, line } from "../core/text.ts";
import { authed, mutation, personalMutation, router } from "../core/trpc.ts";
import {
  removeProjectGroup,
  removeProjectMember,
  setProjectGroup,
  setProjectMember,
} from "./access.ts";
import {
  deleteProject,
  listDeletedProjects,
  restoreDeletedProject,
} from "./deletion/delete-project.ts";
import { createLabel, deleteLabel, updateLabel } from "./labels.ts";
import { archiveProject, createProject, restoreProject, updateProject } from "./projects.ts";
import { listProjectGroups, listProjectMembers, listProjects, readProject } from "./queries.ts";
import { createStatus, deleteStatus, updateStatus } from "./statuses.ts";
import { undoLabel, undoStatus } from "./undo-parts.ts";
import { undoProject } from "./undo-project.ts";

const key = z
  .string()
  .regex(
    /^[A-Z][A-Z0-9]{1,9}$/,
    "Use 2 to 10 capital letters and digits for the key, starting with a letter, such as APP.",
  );
const fields = z.object({
  name: line(100),
  key,
  description: z.string().max(10_000),
  visibility: z.enum(["open", "private"]),
});
const category = z.enum(schema.statusCategories);
const color = z.string().regex(/^#[0-9a-f]{6}$/i, "Write the colour as #rrggbb.");
const role = z.enum(schema.roles);
const one = z.object({ id });
/** One's own mutation `of` is taken back; what somebody has changed since stays, and is named in `left`. */
const undo = one.extend({ of: id });

export const projectsRouter = router({
  create: mutation
    .input(
      z.object({
        id: id.optional(),
        workspaceId: id,
        ...fields.partial({ description: true, visibility: true }).shape,
      }),
    )
    .mutation(({ ctx, input }) => createProject(ctx, input)),

  list: authed.input(z.object({ workspaceId: id })).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    await loadWorkspace(db, ctx.actor.user.id, input.workspaceId, "guest");
    return listProjects(db, ctx.actor.user.id, input.workspaceId);
  }),

  get: authed.input(one).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    const { role } = await loadProject(db, ctx.actor.user.id, input.id, "viewer");
    return { ...(await readProject(db, input.id)), role };
  }),

  update: mutation
    .input(
      one.extend({ patch: fields.extend({ exporterRole: role.nullable() }).partial().strict() }),
    )
    .mutation(({ ctx, input }) => updateProject(ctx, input)),

  archive: mutation.input(one).mutation(({ ctx, input }) => archiveProject(ctx, input)),
  restore: mutation.input(one).mutation(({ ctx, input }) => restoreProject(ctx, input)),
  undo: mutation.input(undo).mutation(({ ctx, input }) => undoProject(ctx, input)),

  /**
   * Its name has to be typed. It is gone for everybody at once; for some days its owners can restore it, then all of
   * it is erased.
   */
  delete: personalMutation
    .input(one.extend({ name: z.string().max(200) }))
    .mutation(({ ctx, input }) => deleteProject(ctx, input)),

  restoreDeleted: personalMutation
    .input(one)
    .mutation(({ ctx, input }) => restoreDeletedProject(ctx, input)),

  /** Those that I own and that can still be restored. */
  deleted: authed
    .input(z.object({ workspaceId: id }))
    .query(({ ctx, input }) => listDeletedProjects(ctx, input.workspaceId)),

  /** Those with a role of their own in this project. */
  members: authed.input(one).query(async ({ ctx, input }) => {
    await loadProject(ctx.services.db, ctx.actor.user.id, input.id, "viewer");
    return listProjectMembers(ctx.services.db, input.id);
  }),

  setMember: mutation
    .input(z.object({ projectId: id, userId: id, role }))
    .mutation(({ ctx, input }) => setProjectMember(ctx, input)),

  removeMember: mutation
    .input(z.object({ projectId: id, userId: id }))
    .mutation(({ ctx, input }) => removeProjectMember(ctx, input)),

  /** Those with a role of their own in this project. */
  groups: authed.input(one).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    const { workspaceRole } = await loadProject(db, ctx.actor.user.id, input.id, "viewer");
    return listProjectGroups(db, { projectId: input.id, workspaceRole });
  }),

  setGroup: mutation
    .input(z.object({ projectId: id, groupId: id, role }))
    .mutation(({ ctx, input }) => setProjectGroup(ctx, input)),

  removeGroup: mutation
    .input(z.object({ projectId: id, groupId: id }))
    .mutation(({ ctx, input }) => removeProjectGroup(ctx, input)),
});

export const statusesRouter = router({
  create: mutation
    .input(z.object({ id: id.optional(), projectId: id, name: line(50), category }))
    .mutation(({ ctx, input }) => createStatus(ctx, input)),

  update: mutation
    .input(
      one.extend({
        patch: z.strictObject({
          name: line(50).optional(),
          category: category.optional(),
          beforeId: id.nullable().optional(),
        }),
      }),
    )
    .mutation(({ ctx, input }) => updateStatus(ctx, input)),

  delete: mutation
    .input(one.extend({ moveTo: id }))
    .mutation(({ ctx, input }) => deleteStatus(ctx, input)),
  undo: mutation.input(undo).mutation(({ ctx, input }) => undoStatus(ctx, input)),
});

export const labelsRouter = router({
  create: mutation
    .input(z.object({ id: id.optional(), projectId: id, name: line(50), color }))
    .mutation(({ ctx, input }) => createLabel(ctx, input)),

  update: mutation
    .input(one.extend({ patch: z.strictObject({ name: line(50), color }).partial() }))
    .mutation(({ ctx, input }) => updateLabel(ctx, input)),

  delete: mutation.input(one).mutation(({ ctx, input }) => deleteLabel(ctx, input)),
  undo: mutation.input(undo).mutation(({ ctx, input }) => undoLabel(ctx, input)),
});
