/** An undo in the tree as it is shown until the server answers, by the rule of the server. */

import type { Asked } from "@/sync/define-mutation.ts";
import type { Swap } from "@/sync/swap.ts";
import type { DocumentView } from "./document.ts";

/** What differs; all of the document, where it comes back, and then what stands below it too. */
export type DocumentSwap = Swap<DocumentView> & { below?: DocumentView[] };

/** The server knows by the mutation's id how everything was before it. */
export const inverse = ({ id: of }: { id: string }, swap: DocumentSwap): Asked => ({
  mutation: "documents.undo",
  input: { id: swap.id, of },
  shown: swap,
});

export const inverseOfName = (
  { id: of }: { id: string },
  { documentId, versionId }: { documentId: string; versionId: string },
): Asked => ({ mutation: "documents.undoVersionName", input: { documentId, versionId, of } });

const fields = ["title", "icon", "isTemplate", "archivedAt"] as const;
const place = ["parentId", "projectId", "rank"] as const;

/** What of `now` changes; where it stood is told apart, as its subtree goes along. */
export function swappedFields(now: DocumentView, { from, to }: DocumentSwap) {
  const changed: Partial<DocumentView> = {};
  if (!from || !to) return changed;
  for (const name of fields) {
    if (name in to && isSame(now[name], from[name])) Object.assign(changed, { [name]: to[name] });
  }
  return changed;
}

/** Null when it does not move, or stands elsewhere by now; its rank is the server's to choose. */
export function swappedPlace(now: DocumentView, { from, to }: DocumentSwap) {
  if (!from || !to || to.rank === undefined) return null;
  const isThere = now.parentId === from.parentId && now.projectId === from.projectId;
  if (!isThere) return null;
  const { parentId = null, projectId = null, rank } = to;
  return { parentId, projectId, rank };
}

export const placeOf = (row: DocumentView) =>
  Object.fromEntries(place.map((name) => [name, row[name]])) as Pick<
    DocumentView,
    (typeof place)[number]
  >;

/** Of an archived document only whether it is. */
const isSame = (a: unknown, b: unknown) => (a instanceof Date && b instanceof Date) || a === b;
