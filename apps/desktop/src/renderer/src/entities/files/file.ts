import type { RouterOutputs } from "@guildhall/api/client";
import { defineEntity } from "@/sync/define-entity.ts";
import { type CachePrefix, queryKey } from "@/sync/procedures.ts";

/** A file as the lists of a place have it. */
export type FileRow = RouterOutputs["files"]["list"]["items"][number];

/** As the cache has them: a whole list, or one that is read page by page. */
export type FileList = { items: FileRow[] } | { pages: { items: FileRow[] }[] };

export const fileLists: CachePrefix<FileList> = [["files", "list"]];

/** Every place in a list where the file stands; null takes it out. */
export function putInList(list: FileList, id: string, change: (file: FileRow) => FileRow | null) {
  const put = <Page extends { items: FileRow[] }>(page: Page): Page => ({
    ...page,
    items: page.items.flatMap((file) => (file.id === id ? (change(file) ?? []) : [file])),
  });
  return "pages" in list ? { ...list, pages: list.pages.map(put) } : put(list);
}

export const filePatch = defineEntity("file", (tx, { id, row }) => {
  tx.updateAll(fileLists, (list) => putInList(list, id, () => row));
  tx.invalidate(fileLists, queryKey("files.versions", { id }));
});
