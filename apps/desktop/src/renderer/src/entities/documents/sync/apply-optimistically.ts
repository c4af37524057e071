/** Lays what waits in the outbox over the tree, so that every act shows at once. */

import { madeAt, markOf } from "@/entities/tasks/sync/apply-optimistically.ts";
import type { OutboxEntry } from "@/sync/outbox/outbox-store.ts";
import type { DocumentRow, DocumentView } from "./document.ts";
import { swappedFields, swappedPlace } from "./swap-document.ts";
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
    case "documents.move": {
      // A refused move is shown where the server has it.
      if (entry.refusal) return change(entry.input.id, {});
      const { id, parentId = null, projectId = null } = entry.input;
      return move(documents, { id, parentId, projectId, ...entry.place }, change);
    }
    case "documents.archive":
      return change(entry.input.id, { archivedAt: madeAt(entry) });
    case "documents.restore":
      return change(entry.input.id, { archivedAt: null });
    case "documents.delete":
      // A refused delete brings it back, with what the server said.
      if (entry.refusal) return change(entry.input.id, {});
      for (const id of idsBelow(documents, entry.input.id)) documents.delete(id);
      return;
    case "documents.undo":
      return swap(documents, entry, change);
  }
}

type Change = (id: string, fields: Partial<DocumentView>) => void;

function swap(
  documents: Map<string, DocumentView>,
  entry: Extract<OutboxEntry, { act: "documents.undo" }>,
  change: Change,
) {
  const { documentSwap, refusal } = entry;
  const { id } = entry.input;
  if (!documentSwap || refusal) return change(id, {});
  const { from, to, below = [] } = documentSwap;
  if (!to) for (const each of idsBelow(documents, id)) documents.delete(each);
  else if (!from) {
    const edit = markOf(entry);
    for (const row of [to as DocumentView, ...below]) {
      if (!documents.has(row.id)) documents.set(row.id, { ...row, edit });
    }
  } else {
    const now = documents.get(id);
    if (!now) return;
    change(id, swappedFields(now, documentSwap));
    const place = swappedPlace(now, documentSwap);
    if (place) move(documents, { id, ...place }, change);
  }
}

/** undefined in a patch means "not touched", and must not wipe what is shown. */
const shownPatch = (patch: object): Partial<DocumentView> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));

type Moving = { id: string; parentId: string | null; projectId: string | null; rank?: string };

function move(
  documents: Map<string, DocumentView>,
  { id, parentId, projectId, ...rank }: Moving,
  change: Change,
) {
  const row = documents.get(id);
  if (!row) return;
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
  change(id, { parentId, ...rank });
}
