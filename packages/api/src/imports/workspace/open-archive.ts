/** An uploaded zip as an archive of a workspace, or a refusal in words; nothing of it is believed before it is checked. */
import { createHash } from "node:crypto";
import { type ArchivedFile, readArchive } from "@guildhall/importers/archive";
import type { z } from "zod";
import { tableName } from "../../erasure/erasure-plan.ts";
import {
  dataPath,
  FILES,
  FORMAT,
  MANIFEST,
  type Manifest,
  manifestSchema,
  SUMS,
  type Sums,
  sumsSchema,
} from "../../exports/workspace/format.ts";
import { carried, columnsOf } from "../../exports/workspace/tables.ts";
import { ImportRefusal } from "../import-refusals.ts";
import type { ReadableFile } from "../load-files.ts";

const GB = 1024 ** 3;
/** All of it is read piece by piece: only how much it is together matters. */
const LIMITS = { entries: 1_000_000, bytes: 64 * GB, ratio: 1_100 };
const MOST_TEXT = 256 * 1024 * 1024;
/** The state of the largest document in hex, and room. */
const MOST_LINE = 128 * 1024 * 1024;

export type Archive = {
  manifest: Manifest;
  sums: Sums;
  /** The rows of a table, as JSON, summed on their way: refuses when they are not what the sums say. */
  lines(table: string): AsyncGenerator<string>;
  /** By the id of the object. */
  files: Map<string, ArchivedFile>;
};

export async function openArchive(upload: ReadableFile): Promise<Archive> {
  const entries = new Map((await readArchive(upload, LIMITS)).map((file) => [file.path, file]));
  const [head, tail] = [entries.get(MANIFEST), entries.get(SUMS)];
  if (!head) throw noArchive();
  const manifest = await readManifest(head);
  if (!tail) throw damaged("its end is missing");
  const sums = read(sumsSchema, await jsonOf(tail), "its sums can't be read");
  const files = new Map<string, ArchivedFile>();
  for (const [path, file] of entries) {
    if (!path.startsWith(FILES)) continue;
    const [id = ""] = path.slice(FILES.length).split("/");
    if (files.has(id) || !sums.entries[path]) throw damaged(`“${path}” isn't expected in it`);
    files.set(id, file);
  }
  return { manifest, sums, files, lines: (table) => linesOf(entries, sums, dataPath(table)) };
}

async function readManifest(head: ArchivedFile): Promise<Manifest> {
  const json = await jsonOf(head);
  const { format, guildhall } = json as { format?: unknown; guildhall?: unknown };
  if (typeof format === "number" && format > FORMAT) throw newer(guildhall);
  const manifest = read(manifestSchema, json, "its first file can't be read");
  for (const [table, columns] of Object.entries(manifest.columns)) {
    const own = carried.find((each) => tableName(each.table) === table);
    const known = new Set(own && columnsOf(own).map(({ name }) => name));
    if (columns.some((column) => !known.has(column))) throw newer(guildhall);
  }
  return manifest;
}

async function jsonOf(file: ArchivedFile): Promise<unknown> {
  if (file.size > MOST_TEXT) throw damaged(`“${file.path}” is too large`);
  const parts: Uint8Array[] = [];
  for await (const part of file.content()) parts.push(Buffer.from(part));
  return parsed(Buffer.concat(parts).toString(), file.path);
}

export function parsed(json: string, path: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw damaged(`“${path}” can't be read`);
  }
}

export function read<T>(schema: z.ZodType<T>, json: unknown, otherwise: string): T {
  const result = schema.safeParse(json);
  if (!result.success) throw damaged(otherwise);
  return result.data;
}

async function* linesOf(entries: Map<string, ArchivedFile>, sums: Sums, path: string) {
  const [file, sum] = [entries.get(path), sums.entries[path]];
  if (!file || !sum) throw damaged(`“${path}” is missing`);
  const hash = createHash("sha256");
  let rest: Buffer[] = [];
  let waiting = 0;
  let rows = 0;
  for await (const piece of file.content()) {
    hash.update(piece);
    let from = 0;
    for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, from)) {
      yield Buffer.concat([...rest, piece.subarray(from, at)]).toString();
      rows++;
      rest = [];
      waiting = 0;
      from = at + 1;
    }
    waiting += piece.length - from;
    if (waiting > MOST_LINE) throw damaged(`a line of “${path}” is too long`);
    // Copied: the memory of a piece is used again.
    if (from < piece.length) rest.push(Buffer.from(piece.subarray(from)));
  }
  if (waiting > 0 || hash.digest("hex") !== sum.sha256 || rows !== sum.rows) {
    throw damaged(`“${path}” isn't what was exported`);
  }
}

export const damaged = (why: string) =>
  new ImportRefusal(
    "archive_damaged",
    `This file is damaged or was changed: ${why}. Export the workspace again, or copy the file again.`,
  );

const noArchive = () =>
  new ImportRefusal(
    "archive_unknown",
    "This isn't an exported workspace of Guildhall. On the other server, choose Workspace settings, Export everything.",
  );

const newer = (guildhall: unknown) =>
  new ImportRefusal(
    "archive_newer",
    `This workspace was exported by a newer Guildhall${typeof guildhall === "string" ? ` (${guildhall.slice(0, 50)})` : ""} than this server's. Update this server first.`,
  );
