import type { FileRow } from "@/sync/shapes.ts";
import { type FileKind, kindOf } from "./file-kind.ts";

export const sortings = ["newest", "oldest", "name", "largest"] as const;
export type Sorting = (typeof sortings)[number];

const orders: Record<Sorting, (a: FileRow, b: FileRow) => number> = {
  newest: (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
  oldest: (a, b) => a.createdAt.getTime() - b.createdAt.getTime(),
  name: (a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }),
  largest: (a, b) => b.size - a.size,
};

type Wanted = { kind: FileKind | "all"; query: string; sorting: Sorting };

export function sortFiles(files: readonly FileRow[], { kind, query, sorting }: Wanted): FileRow[] {
  const sought = query.trim().toLocaleLowerCase();
  return files
    .filter((file) => kind === "all" || kindOf(file.type) === kind)
    .filter((file) => file.name.toLocaleLowerCase().includes(sought))
    .sort(orders[sorting]);
}
