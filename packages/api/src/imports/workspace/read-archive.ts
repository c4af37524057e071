/** The first reading of an archive: that all of it is as it was exported, what is in it, and who. */
import { createHash } from "node:crypto";
import type { ArchivedFile } from "@guildhall/importers/archive";
import { tableName } from "../../erasure/erasure-plan.ts";
import { type ArchivedPerson, PEOPLE, personSchema } from "../../exports/workspace/format.ts";
import { carried, columnsOf } from "../../exports/workspace/tables.ts";
import { ArchiveIds } from "./archive-ids.ts";
import { type Archive, damaged, parsed, read } from "./open-archive.ts";

export type ArchivedObject = {
  /** Of its row, and its key in the store here. */
  key: string;
  size: number;
  sha256: string;
  file: ArchivedFile;
};

export type Known = {
  ids: ArchiveIds;
  people: (ArchivedPerson & { role: string | null; here: string })[];
  objects: ArchivedObject[];
  rows: Map<string, number>;
};

type Reader = { importId: string; user: { id: string; email: string }; signal: AbortSignal };

export async function readWhole(archive: Archive, reader: Reader): Promise<Known> {
  const { importId, user, signal } = reader;
  const ids = new ArchiveIds(importId);
  const found: ArchivedPerson[] = [];
  for await (const line of archive.lines(PEOPLE)) {
    found.push(read(personSchema, parsed(line, PEOPLE), "a person in it can't be read"));
  }
  const me = found.find(({ email }) => email?.toLowerCase() === user.email);
  const people = new Map(
    found.map((each) => [
      each.id,
      {
        ...each,
        role: null as string | null,
        here: ids.addPerson(each.id, each === me ? user.id : null),
      },
    ]),
  );
  const objects: ArchivedObject[] = [];
  const rows = new Map<string, number>();
  for (const each of carried) {
    const table = tableName(each.table);
    const hasId = columnsOf(each).some(({ name, type }) => name === "id" && type === "uuid");
    const named = hasId && table !== "document_updates";
    let count = 0;
    for await (const line of archive.lines(table)) {
      count++;
      signal.throwIfAborted();
      if (table === "members") noteRole(people, parsed(line, table));
      if (!named) continue;
      const row = parsed(line, table) as { id?: unknown };
      const key = typeof row.id === "string" && isUuid(row.id) ? ids.add(table, row.id) : null;
      if (key === null) throw damaged(`an id in “${table}” is missing or there twice`);
      if (table === "file_objects") objects.push(...objectOf(archive, { ...row, key }));
    }
    rows.set(table, count);
  }
  return { ids, people: [...people.values()], objects, rows };
}

const isUuid = (id: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);

function noteRole(people: Map<string, { role: string | null }>, row: unknown) {
  const { user_id: userId, role } = row as { user_id?: unknown; role?: unknown };
  const person = people.get(String(userId));
  if (!person || typeof role !== "string") throw damaged("a member in it is nobody");
  person.role = role;
}

/** None: the other server had lost its bytes, and says so. */
function objectOf(archive: Archive, row: { id?: unknown; size?: unknown; key: string }) {
  const { key, size } = row;
  const id = String(row.id);
  const file = archive.files.get(id);
  if (!file && archive.sums.missing.includes(id)) return [];
  const sum = file && archive.sums.entries[file.path];
  if (!file || !sum || sum.bytes !== size || file.size !== size) {
    throw damaged("a file in it is missing or cut off");
  }
  return [{ key, size: sum.bytes, sha256: sum.sha256, file }];
}

/** Its bytes; ends with a refusal when they are not those that were exported. */
export async function* verified({ file, sha256 }: ArchivedObject): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  for await (const piece of file.content()) {
    hash.update(piece);
    yield piece;
  }
  if (hash.digest("hex") !== sha256) throw damaged(`“${file.path}” isn't what was exported`);
}
