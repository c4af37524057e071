/** Lays what waits in the outbox over the tree, so that every act shows at once. */

import { madeAt, markOf } from "@/entities/tasks/sync/apply-optimistically.ts";
import type { OutboxEntry } from "@/sync/outbox/outbox-store.ts";
import type { DocumentRow, DocumentView } from "@/sync/types.ts";
import { idsBelow, type Rows } from "./tree-index.ts";

const isOfTree = ({ act }: OutboxEntry) =>
  act.startsWith("documents.") && !act.endsWith("Favourite");

const laid = new WeakMap<Rows, { key: string; rows: Rows }>();

/** The rows themselves when nothing waits that concerns them: then no view draws again. */
export function overlayDocuments(
  rows: ReadonlyMap<string, DocumentRow>,
  entries: readonly OutboxEntry[],
  workspaceId: string,
): Rows {
  const relevant = entries.filter((e) => e.workspaceId === workspaceId && isOfTree(e));
  if (relevant.length === 0) return rows;
  const key = relevant.map(({ id, refusal }) => id + (refusal ? "!" : "")).join(" ");
  const known = laid.get(rows);
  if (known?.key === key) return known.rows;
  const documents = new Map<string, DocumentView>(rows);
  for (const entry of relevant) lay(documents, entry);
  laid.set(rows, { key, rows: documents });
  return documents;
}

function lay(documents: Map<string, DocumentView>, entry: OutboxEntry) {
  const edit = markOf(entry);
  const change = (id: string, fields: Partial<DocumentView>) => {
    const row = documents.get(id);
    if (row) documents.set(id, { ...row, ...fields, edit });
  };
  switch (entry.act) {
    case "documents.create":
    case "documents.restoreFromBin":
      // The server has it when its change came before its answer.
      for (const row of entry.shownDocuments ?? []) {
        if (!documents.has(row.id)) documents.set(row.id, { ...row, edit });
      }
      return;
    case "documents.update":
      return change(entry.input.id, shownPatch(entry.input.patch));
    case "documents.move":
      return move(documents, entry, change);
    case "documents.archive":
      return change(entry.input.id, { archivedAt: madeAt(entry) });
    case "documents.restore":
      return change(entry.input.id, { archivedAt: null });
    case "documents.delete":
      // A refused delete brings it back, with what the server said.
      if (entry.refusal) return change(entry.input.id, {});
      for (const id of idsBelow(documents, entry.input.id)) documents.delete(id);
  }
}

/** undefined in a patch means "not touched", and must not wipe what is shown. */
const shownPatch = (patch: object): Partial<DocumentView> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));

function move(
  documents: Map<string, DocumentView>,
  entry: Extract<OutboxEntry, { act: "documents.move" }>,
  change: (id: string, fields: Partial<DocumentView>) => void,
) {
  const { id, parentId = null, projectId = null } = entry.input;
  const row = documents.get(id);
  // A refused move is shown where the server has it.
  if (!row || entry.refusal) return change(id, {});
  const parent = parentId ? documents.get(parentId) : undefined;
  const settled = parent ? parent.projectId : projectId;
  const outer = parent?.areaId ?? null;
  for (const below of idsBelow(documents, id)) {
    const each = documents.get(below);
    if (!each) continue;
    // What has access of its own keeps it; what had that of a place above takes that of the new one.
    const areaId = each.areaId === row.areaId && row.areaId !== id ? outer : each.areaId;
    documents.set(below, { ...each, projectId: settled, areaId });
  }
  change(id, { parentId, ...entry.place });
}
