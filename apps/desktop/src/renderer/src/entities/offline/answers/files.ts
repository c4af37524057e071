import { kindOf, type RouterInputs } from "@guildhall/api/client";
import { compareText } from "@/lib/locale.ts";
import { ask } from "../store/database.ts";
import type { Rows, StoredRow } from "../store/stored.ts";

type Asked = RouterInputs["files"]["list"];
type FileRow = Rows["file"];

const orders: Record<NonNullable<Asked["order"]>, (a: FileRow, b: FileRow) => number> = {
  newest: (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
  oldest: (a, b) => a.createdAt.getTime() - b.createdAt.getTime(),
  name: (a, b) => compareText(a.name, b.name),
  largest: (a, b) => b.size - a.size,
};

/** As the server lists them; of a project also those of its tasks and documents. */
export async function filesFor(db: IDBDatabase, asked: Asked): Promise<FileRow[]> {
  const { kind, named, order = "newest" } = asked;
  const all = await ofPlace(db, asked);
  const name = named?.toLowerCase() ?? "";
  return all
    .filter(
      (file) => (!kind || kindOf(file.type) === kind) && file.name.toLowerCase().includes(name),
    )
    .sort(orders[order]);
}

async function ofPlace(db: IDBDatabase, { projectId, taskId, documentId }: Asked) {
  const rows = db.transaction("rows").objectStore("rows");
  const owner = taskId ?? documentId;
  const read = owner
    ? rows.index("owner").getAll(["file", owner])
    : rows.getAll(IDBKeyRange.bound(["file"], ["file", []]));
  const files = await ask<StoredRow<"file">[]>(read);
  if (owner || !projectId) return files.map(({ row }) => row);
  const homes = new Set([projectId]);
  const tasks = rows.index("owner").getAllKeys(["task", projectId]);
  for (const key of await ask(tasks)) homes.add((key as string[])[1] ?? "");
  const documents = rows.getAll(IDBKeyRange.bound(["document"], ["document", []]));
  for (const { id, row } of await ask<StoredRow<"document">[]>(documents)) {
    if (row.projectId === projectId) homes.add(id);
  }
  return files.filter((file) => homes.has(file.owner)).map(({ row }) => row);
}
