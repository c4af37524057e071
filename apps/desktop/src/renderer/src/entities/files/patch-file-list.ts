import type { FileRow } from "@/sync/types.ts";

/** As the cache has them: a whole list, or one that is read page by page. */
export type FileList = { items: FileRow[] } | { pages: { items: FileRow[] }[] };

/** Every place in a list where the file stands; null takes it out. */
export function putInList(list: FileList, id: string, change: (file: FileRow) => FileRow | null) {
  const put = <Page extends { items: FileRow[] }>(page: Page): Page => ({
    ...page,
    items: page.items.flatMap((file) => (file.id === id ? (change(file) ?? []) : [file])),
  });
  return "pages" in list ? { ...list, pages: list.pages.map(put) } : put(list);
}
