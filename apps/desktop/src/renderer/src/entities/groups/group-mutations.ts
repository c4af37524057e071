/** Groups are changed at the server at once; the way back of a rename is a mutation as any other. */

import { workspaceKey } from "@/entities/workspaces/workspace.ts";
import { withGroup } from "@/entities/workspaces/workspace-patches.ts";
import { defineView, mutationsOf } from "@/sync/define-mutation.ts";
import { reportLeft } from "@/sync/report-left.ts";

const defineMutation = mutationsOf(defineView("groups"));

const label = (label: string) => label;

export const undoGroup = defineMutation("groups.undo", {
  label,
  onAnswer: (tx, { row, left }, { workspaceId }) => {
    if (row) tx.update(workspaceKey(workspaceId), (w) => withGroup(w, { id: row.id, row }));
    reportLeft(left, new Map(row ? [[row.id, `“${row.name}”`]] : []));
  },
  inverse: ({ id: of, input: { id } }) => ({ mutation: "groups.undo", input: { id, of } }),
});
