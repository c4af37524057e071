import { schema } from "@guildhall/db";
import { z } from "zod";
import { loadWorkspace } from "../core/access.ts";
import { email, id, line } from "../core/text.ts";
import { authed, mutation, open, router } from "../core/trpc.ts";
import { write } from "../core/write.ts";
import {
  acceptInvitation,
  findInvitation,
  invite,
  listInvitations,
  revokeInvitation,
} from "./invitations.ts";
import { addMember, removeMember, setMemberRole } from "./members.ts";
import { listMembers, listWorkspaces } from "./queries.ts";
import { createWorkspace, openWorkspace, renameWorkspace } from "./workspaces.ts";

const role = z.enum(schema.roles);
const inWorkspace = z.object({ workspaceId: id });
const secret = z.string().min(1).max(100);

export const workspacesRouter = router({
  create: mutation
    .input(z.object({ id: id.optional(), name: line(100) }))
    .mutation(({ ctx, input }) => createWorkspace(ctx, input)),

  /** The workspaces I am a member of, with my role. */
  list: authed.query(({ ctx }) => listWorkspaces(ctx.services.db, ctx.actor.user.id)),

  /** One read for a page that opens: members, projects and the place in the feed. */
  open: authed.input(inWorkspace).query(({ ctx, input }) => openWorkspace(ctx, input.workspaceId)),

  rename: mutation
    .input(inWorkspace.extend({ name: line(100) }))
    .mutation(({ ctx, input }) => renameWorkspace(ctx, input)),

  members: authed.input(inWorkspace).query(async ({ ctx, input }) => {
    await loadWorkspace(ctx.services.db, ctx.actor.user.id, input.workspaceId, "viewer");
    return listMembers(ctx.services.db, input.workspaceId);
  }),
});

export const membersRouter = router({
  add: mutation
    .input(
      z.intersection(
        inWorkspace.extend({ role }),
        z.union([z.object({ userId: id }), z.object({ email })]),
      ),
    )
    .mutation(({ ctx, input }) => addMember(ctx, input)),

  setRole: mutation
    .input(inWorkspace.extend({ userId: id, role }))
    .mutation(({ ctx, input }) => setMemberRole(ctx, input)),

  /** An owner removes anyone; everyone may leave. */
  remove: mutation
    .input(inWorkspace.extend({ userId: id }))
    .mutation(({ ctx, input }) => removeMember(ctx, input)),
});

export const invitationsRouter = router({
  create: mutation
    .input(inWorkspace.extend({ id: id.optional(), email, role }))
    .mutation(({ ctx, input }) => invite(ctx, input)),

  list: authed
    .input(inWorkspace)
    .query(({ ctx, input }) => listInvitations(ctx, input.workspaceId)),

  revoke: mutation
    .input(z.object({ id }))
    .mutation(({ ctx, input }) => revokeInvitation(ctx, input)),

  /** What the link's page shows, before anyone signs in. */
  preview: open.input(z.object({ secret })).query(async ({ ctx, input }) => {
    await ctx.services.limits.strangers.take(ctx.client.address);
    const { email, role, workspaceName, expiresAt } = await findInvitation(
      ctx.services.db,
      input.secret,
    );
    return { email, role, workspaceName, expiresAt };
  }),

  accept: mutation
    .input(z.object({ secret }))
    .mutation(({ ctx, input }) =>
      write(ctx, null, (tx, record) => acceptInvitation(tx, record, ctx.actor.user, input.secret)),
    ),
});
