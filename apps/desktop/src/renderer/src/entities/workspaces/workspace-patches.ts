import type { Entity } from "@guildhall/api/client";
import { compareText } from "@/lib/locale.ts";
import { defineEntity, type EntityPatch, put } from "@/sync/define-entity.ts";
import { queryKey, queryPrefix } from "@/sync/procedures.ts";
import { type Group, type Workspace, workspaceKey } from "./workspace.ts";

export const workspacePatch = defineEntity("workspace", (tx, { row }, { workspaceId }) => {
  tx.update(workspaceKey(workspaceId), (w) => ({ ...w, ...row }));
  tx.invalidate(queryKey("workspaces.list"));
});

export const memberPatch = defineEntity("member", (tx, { id, row }, { workspaceId, myId }) => {
  let wasGuest = false;
  tx.update(workspaceKey(workspaceId), (w) => {
    wasGuest = w.role === "guest";
    return { ...w, members: put(w.members, row, (m) => m.userId === id) };
  });
  // Who comes in has an address, which is not in the feed.
  tx.invalidate(queryKey("members.addresses", { workspaceId }));
  if (id !== myId) return;
  // My own role decides what I may see of everything else: of a guest's that is nothing of what is open.
  if (wasGuest !== (row?.role === "guest")) tx.invalidate([]);
  else tx.invalidate(workspaceKey(workspaceId), queryKey("workspaces.list"));
});

/** Of a guest's people the list is those who are named where they were let in: whoever is new there is asked for. */
export const peopleOfGuest: EntityPatch<Entity> = (tx, change, { workspaceId }) => {
  let isSomeoneNew = false;
  tx.update(workspaceKey(workspaceId), (w) => {
    const isKnown = (id: string) =>
      w.members.some(({ userId }) => userId === id) || w.groups?.some((group) => group.id === id);
    // With a document come all who are named there.
    const isLetIn = change.entity === "documentAccess";
    isSomeoneNew = w.role === "guest" && (isLetIn || !namedIn(change).every(isKnown));
    return w;
  });
  if (isSomeoneNew) tx.invalidate(workspaceKey(workspaceId));
};

type Naming = {
  assigneeIds?: readonly string[];
  assigneeId?: string | null;
  userId?: string | null;
};

function namedIn({ actorId, row }: { actorId: string | null; row: object | null }): string[] {
  const { assigneeIds = [], assigneeId, userId } = (row ?? {}) as Naming;
  return [actorId, ...assigneeIds, assigneeId, userId].filter((id) => typeof id === "string");
}

/** The workspace with this group as it is now; one that was stored before there were groups has none yet. */
export const withGroup = (w: Workspace, { id, row }: { id: string; row: Group | null }) => ({
  ...w,
  groups: put(w.groups ?? [], row, (group) => group.id === id).sort((a, b) =>
    compareText(a.name, b.name),
  ),
});

export const groupPatch = defineEntity("group", (tx, change, { workspaceId }) => {
  const { id, row } = change;
  tx.update(workspaceKey(workspaceId), (w) => withGroup(w, change));
  if (!row) tx.invalidate(queryKey("groups.roles", { id }));
});

/** For whom it is is in no feed. */
export const invitationPatch = defineEntity("invitation", (tx, _, { workspaceId }) =>
  tx.invalidate(queryKey("invitations.list", { workspaceId })),
);

/** What I may see of it is another part now, and what was found may be none of it. */
export const accessOfWorkspace = defineEntity("access", (tx, { row }, { workspaceId, myId }) => {
  if (row && row.userId !== myId) return;
  tx.invalidate(workspaceKey(workspaceId), queryPrefix("search"));
  // It may have been deleted, or restored.
  tx.invalidateCached(queryKey("projects.deleted", { workspaceId }));
});
