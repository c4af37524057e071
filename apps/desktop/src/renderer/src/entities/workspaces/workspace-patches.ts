import { defineEntity, put } from "@/sync/define-entity.ts";
import { queryKey, queryPrefix } from "@/sync/procedures.ts";
import { workspaceKey } from "./workspace.ts";

export const workspacePatch = defineEntity("workspace", (tx, { row }, { workspaceId }) => {
  tx.update(workspaceKey(workspaceId), (w) => ({ ...w, ...row }));
  tx.invalidate(queryKey("workspaces.list"));
});

export const memberPatch = defineEntity("member", (tx, { id, row }, { workspaceId, myId }) => {
  tx.update(workspaceKey(workspaceId), (w) => ({
    ...w,
    members: put(w.members, row, (m) => m.userId === id),
  }));
  // Who comes in has an address, which is not in the feed.
  tx.invalidate(queryKey("members.addresses", { workspaceId }));
  // My own role decides what I may see of everything else.
  if (id === myId) tx.invalidate(workspaceKey(workspaceId), queryKey("workspaces.list"));
});

/** For whom it is is in no feed. */
export const invitationPatch = defineEntity("invitation", (tx, _, { workspaceId }) =>
  tx.invalidate(queryKey("invitations.list", { workspaceId })),
);

/** What I may see of it is another part now, and what was found may be none of it. */
export const accessOfWorkspace = defineEntity("access", (tx, { row }, { workspaceId, myId }) => {
  if (!row || row.userId === myId) tx.invalidate(workspaceKey(workspaceId), queryPrefix("search"));
});
