import type { FileRow } from "@/entities/files/file.ts";
import { type FileKind, kindOf } from "@/entities/files/file-kind.ts";
import { compareText } from "@/lib/locale.ts";

const sortings = ["newest", "oldest", "name", "largest"] as const;
export type Sorting = (typeof sortings)[number];

const orders: Record<Sorting, (a: FileRow, b: FileRow) => number> = {
  newest: (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
  oldest: (a, b) => a.createdAt.getTime() - b.createdAt.getTime(),
  name: (a, b) => compareText(a.name, b.name),
  largest: (a, b) => b.size - a.size,
};

type Wanted = { kind: FileKind | "all"; query: string; sorting: Sorting };

export function sortFiles(files: readonly FileRow[], { kind, query, sorting }: Wanted): FileRow[] {
  const sought = query.trim().toLowerCase();
  return files
    .filter((file) => kind === "all" || kindOf(file.type) === kind)
    .filter((file) => file.name.toLowerCase().includes(sought))
    .sort(orders[sorting]);
}
