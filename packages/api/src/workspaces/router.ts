import { schema } from "@guildhall/db";
import { z } from "zod";
import { loadWorkspace } from "../core/access.ts";
import { email, id, line } from "../core/text.ts";
import { authed, mutation, open, personalMutation, router } from "../core/trpc.ts";
import { accept, declineInvitation } from "./accept-invitation.ts";
import {
  deleteWorkspace,
  listDeletedWorkspaces,
  restoreWorkspace,
} from "./deletion/delete-workspace.ts";
import {
  listInvitations,
  listMyInvitations,
  previewInvitation,
  revokeInvitation,
} from "./invitations.ts";
import { invite } from "./invite.ts";
import { inviteByLink } from "./invite-by-link.ts";
import { inviteMany } from "./invite-many.ts";
import { listBelongings } from "./leaving/belongings.ts";
import { handOver } from "./leaving/hand-over.ts";
import { removeMember, setMemberRole } from "./members.ts";
import { listAddresses, listMembers, listWorkspaces } from "./queries.ts";
import { remindInvited } from "./remind-invited.ts";
import { updateWorkspace } from "./settings.ts";
import { createWorkspace, openWorkspace } from "./workspaces.ts";

const role = z.enum(schema.workspaceRoles);
const inWorkspace = z.object({ workspaceId: id });
const domain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, "Write a mail domain, such as example.org.");
const secret = z.string().min(1).max(100);
const scopeRole = z.enum(schema.roles);
/** One project or document that they are let into, and as what there. */
const into = z
  .union([
    z.strictObject({ projectId: id, role: scopeRole }),
    z.strictObject({ documentId: id, role: scopeRole }),
  ])
  .optional();
/** By address; or by id, somebody one shares a workspace with. */
const invited = z.intersection(
  inWorkspace.extend({ id: id.optional(), role, into }),
  z.union([z.object({ userId: id }), z.object({ email })]),
);
const settings = z.strictObject({
  name: line(100),
  defaultRole: z.enum(schema.roles),
  inviterRole: z.enum(schema.inviterRoles),
  exporterRole: z.enum(schema.roles),
  projectVisibility: z.enum(schema.visibilities),
  requiresSecondFactor: z.boolean(),
});
/** For whoever has it: so many days and so many people, or without an end. */
const invitationLink = inWorkspace.extend({
  id: id.optional(),
  role,
  days: z.int().min(1).max(365).nullable(),
  maxUses: z.int().min(1).max(1_000).nullable(),
  domain: domain.nullable(),
  label: line(100).nullable(),
  into,
});
const whichInvitation = z.union([z.object({ secret }), z.object({ id })]);

export const workspacesRouter = router({
  create: mutation
    .input(z.object({ id: id.optional(), name: line(100) }))
    .mutation(({ ctx, input }) => createWorkspace(ctx, input)),

  /** The workspaces I am a member of, with my role. */
  list: authed.query(({ ctx }) => listWorkspaces(ctx.services.db, ctx.actor.user.id)),

  /** One read for a page that opens: members, projects and the place in the feed. */
  open: authed.input(inWorkspace).query(({ ctx, input }) => openWorkspace(ctx, input.workspaceId)),

  update: mutation
    .input(inWorkspace.extend({ patch: settings.partial() }))
    .mutation(({ ctx, input }) => updateWorkspace(ctx, input)),

  /** Its name has to be typed. For some days its owners can restore it; then all of it is erased. */
  delete: personalMutation
    .input(inWorkspace.extend({ name: z.string().max(200) }))
    .mutation(({ ctx, input }) => deleteWorkspace(ctx, input)),

  /** Makes a member an owner, and steps down to a role, or leaves, in one. */
  handOver: personalMutation
    .input(inWorkspace.extend({ userId: id, afterwards: z.enum([...schema.roles, "leave"]) }))
    .mutation(({ ctx, input }) => handOver(ctx, input)),

  restore: personalMutation
    .input(inWorkspace)
    .mutation(({ ctx, input }) => restoreWorkspace(ctx, input)),

  /** Those that I was in and that can still be restored. */
  deleted: authed.query(({ ctx }) => listDeletedWorkspaces(ctx)),

  members: authed.input(inWorkspace).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    await loadWorkspace(db, ctx.actor.user.id, input.workspaceId, "guest");
    return listMembers(db, ctx.actor.user.id, input.workspaceId);
  }),
});

export const membersRouter = router({
  /** Invites somebody; they become a member when they accept. */
  add: mutation.input(invited).mutation(({ ctx, input }) => invite(ctx, input)),

  /** Those of the members, for editors and owners. */
  addresses: authed.input(inWorkspace).query(async ({ ctx, input }) => {
    await loadWorkspace(ctx.services.db, ctx.actor.user.id, input.workspaceId, "editor");
    return listAddresses(ctx.services.db, input.workspaceId);
  }),

  setRole: mutation
    .input(inWorkspace.extend({ userId: id, role }))
    .mutation(({ ctx, input }) => setMemberRole(ctx, input)),

  /** What only this member and the owners may see: it stays when they leave. Of others owners may ask. */
  belongings: authed
    .input(inWorkspace.extend({ userId: id }))
    .query(({ ctx, input }) => listBelongings(ctx, input)),

  /** An owner removes anyone; everyone may leave. `handTo`: who owns from then on what only they could see. */
  remove: mutation
    .input(inWorkspace.extend({ userId: id, handTo: id.optional() }))
    .mutation(({ ctx, input }) => removeMember(ctx, input)),
});

export const invitationsRouter = router({
  create: mutation.input(invited).mutation(({ ctx, input }) => invite(ctx, input)),

  createLink: mutation.input(invitationLink).mutation(({ ctx, input }) => inviteByLink(ctx, input)),

  /** A pasted list of names and addresses; one answer for each, whoever has an account. */
  createMany: mutation
    .input(inWorkspace.extend({ role, people: z.string().min(1).max(20_000) }))
    .mutation(({ ctx, input }) => inviteMany(ctx, input)),

  /** Mails one again, with its whole time from now on. */
  remind: mutation.input(z.object({ id })).mutation(({ ctx, input }) => remindInvited(ctx, input)),

  /** Those that wait for me: by my address, or by my name. */
  mine: authed.query(({ ctx }) => listMyInvitations(ctx)),

  list: authed
    .input(inWorkspace)
    .query(({ ctx, input }) => listInvitations(ctx, input.workspaceId)),

  revoke: mutation
    .input(z.object({ id }))
    .mutation(({ ctx, input }) => revokeInvitation(ctx, input)),

  /** What the link's page shows, before anyone signs in. */
  preview: open.input(z.object({ secret })).query(async ({ ctx, input }) => {
    await ctx.services.limits.strangers.take(ctx.client.address);
    return previewInvitation(ctx.services, input.secret);
  }),

  accept: mutation.input(whichInvitation).mutation(({ ctx, input }) => accept(ctx, input)),

  decline: mutation
    .input(whichInvitation)
    .mutation(({ ctx, input }) => declineInvitation(ctx, input)),
});
