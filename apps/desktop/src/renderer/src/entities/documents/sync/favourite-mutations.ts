/** One's own list, in one's own order: nobody else changes it. */
import { type Asked, mutationsOf } from "@/sync/define-mutation.ts";
import { type DocumentRow, favouritesKey, nameOf } from "./document.ts";
import { type FavouritePlace, favouriteView } from "./favourite-view.ts";

const defineMutation = mutationsOf(favouriteView);

const put = (id: string, to: FavouritePlace | null, was: FavouritePlace | null): Asked =>
  to
    ? { mutation: "documents.addFavourite", input: { id, ...to }, was }
    : { mutation: "documents.removeFavourite", input: { id }, was };

export const addFavourite = defineMutation("documents.addFavourite", {
  label: (row: DocumentRow) => `Add “${nameOf(row)}” to favourites`,
  apply: ({ ids }, { id, afterId, beforeId }, edit) => {
    if (edit.isRefused) return;
    remove(ids, id);
    const at = afterId ? ids.indexOf(afterId) + 1 : -1;
    const before = beforeId ? ids.indexOf(beforeId) : -1;
    ids.splice(at > 0 ? at : before >= 0 ? before : ids.length, 0, id);
  },
  onAnswer: (tx, _, { workspaceId }) => tx.invalidate(favouritesKey(workspaceId)),
  inverse: ({ input: { id, ...place } }, was: FavouritePlace | null) => put(id, was, place),
});

export const removeFavourite = defineMutation("documents.removeFavourite", {
  label: (row: DocumentRow) => `Remove “${nameOf(row)}” from favourites`,
  apply: ({ ids }, { id }, edit) => {
    if (!edit.isRefused) remove(ids, id);
  },
  onAnswer: (tx, _, { workspaceId }) => tx.invalidate(favouritesKey(workspaceId)),
  inverse: ({ input: { id } }, was: FavouritePlace | null) => put(id, was, null),
});

function remove(ids: string[], id: string) {
  const at = ids.indexOf(id);
  if (at >= 0) ids.splice(at, 1);
}
