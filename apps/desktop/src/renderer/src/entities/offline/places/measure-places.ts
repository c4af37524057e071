/** How much of each place is stored, and how much of it is to be fetched yet. */
import { ask, inStores } from "@/entities/offline/store/database.ts";
import type {
  StoredFile,
  StoredPlace,
  StoredRow,
  StoredText,
  Todo,
} from "@/entities/offline/store/stored.ts";
import { coverage } from "@/entities/offline/store/sweep.ts";

export type Size = { bytes: number; left: { count: number; bytes: number } };
export type Sizes = {
  /** Of all places together, what is in several counted once. */
  bytes: number;
  of: ReadonlyMap<string, Size>;
};

export function measurePlaces(db: IDBDatabase, places: readonly StoredPlace[]): Promise<Sizes> {
  const none = { bytes: 0, of: new Map<string, Size>() };
  if (places.length === 0) return Promise.resolve(none);
  return inStores(db, ["rows", "texts", "files", "todo"], async ({ rows, texts, files, todo }) => {
    const covers = await coverage({ rows }, places);
    const of = new Map<string, Size>();
    for (const { key } of places) of.set(key, { bytes: 0, left: { count: 0, bytes: 0 } });
    const sizes = (owner: string) => covers(owner).flatMap((key) => of.get(key) ?? []);
    let bytes = places.reduce((sum, place) => sum + place.rowBytes, 0);
    const fileRows = await ask(
      rows.getAll(IDBKeyRange.bound(["file"], ["file", []])) as IDBRequest<StoredRow<"file">[]>,
    );
    const ownerOf = new Map(fileRows.map(({ id, owner }) => [id, owner]));
    for (const file of await ask(files.getAll() as IDBRequest<StoredFile[]>)) {
      bytes += file.stored;
      for (const size of sizes(ownerOf.get(file.id) ?? "")) size.bytes += file.stored;
    }
    for (const text of await ask(texts.getAll() as IDBRequest<StoredText[]>)) {
      bytes += text.bytes;
      for (const size of sizes(text.id)) size.bytes += text.bytes;
    }
    for (const { kind, id, bytes: left } of await ask(todo.getAll() as IDBRequest<Todo[]>)) {
      for (const size of sizes(kind === "file" ? (ownerOf.get(id) ?? "") : id)) {
        size.left.count++;
        size.left.bytes += left;
      }
    }
    return { bytes, of };
  });
}
