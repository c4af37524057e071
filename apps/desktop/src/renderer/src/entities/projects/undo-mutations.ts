/**
 * Settings of a project are changed at the server at once; their way back is a mutation as any other,
 * which may wait. It shows with its answer.
 */
import { workspaceKey } from "@/entities/workspaces/workspace.ts";
import { defineView, mutationsOf } from "@/sync/define-mutation.ts";
import { reportLeft } from "@/sync/report-left.ts";
import { putProjectRow, withPart } from "./project-patches.ts";

const defineMutation = mutationsOf(defineView("project settings"));

const label = (label: string) => label;
const nameOf = (row: { id: string; name: string } | null) =>
  new Map(row ? [[row.id, `“${row.name}”`]] : []);

export const undoLabel = defineMutation("labels.undo", {
  label,
  onAnswer: (tx, { row, left }, { workspaceId }) => {
    if (row) {
      tx.update(workspaceKey(workspaceId), (w) => withPart(w, "labels", { id: row.id, row }));
    }
    reportLeft(left, nameOf(row));
  },
  inverse: ({ id: of, input: { id } }) => ({ mutation: "labels.undo", input: { id, of } }),
});

export const undoStatus = defineMutation("statuses.undo", {
  label,
  onAnswer: (tx, { row, left }, { workspaceId }) => {
    if (row) {
      tx.update(workspaceKey(workspaceId), (w) => withPart(w, "statuses", { id: row.id, row }));
    }
    reportLeft(left, nameOf(row));
  },
  inverse: ({ id: of, input: { id } }) => ({ mutation: "statuses.undo", input: { id, of } }),
});

export const undoProject = defineMutation("projects.undo", {
  label,
  onAnswer: (tx, { row, left }, { workspaceId }) => {
    if (row) putProjectRow(tx, row, workspaceId);
    reportLeft(left, nameOf(row));
  },
  inverse: ({ id: of, input: { id } }) => ({ mutation: "projects.undo", input: { id, of } }),
});

export const restoreDeletedProject = defineMutation<
  "projects.restoreDeleted",
  string,
  undefined,
  string
>("projects.restoreDeleted", {
  label,
  inverse: ({ input: { id }, shown: name = "" }) => ({
    mutation: "projects.delete",
    input: { id, name },
  }),
});

/** Only to do it again: the first time its name is typed (features/projects/delete-project.tsx). */
export const deleteProject = defineMutation("projects.delete", {
  label,
  inverse: ({ input: { id, name } }) => ({
    mutation: "projects.restoreDeleted",
    input: { id },
    shown: name,
  }),
});
