/** Writes the rows of an archive, in one transaction with whatever else its caller does. */
import { schema, type Tx } from "@guildhall/db";
import { sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { faultOf } from "../../documents/log/check-update.ts";
import { tableName } from "../../erasure/erasure-plan.ts";
import { type Carried, carried, columnsOf, referencesOf } from "../../exports/workspace/tables.ts";
import type { Archive } from "./open-archive.ts";
import { damaged, parsed } from "./open-archive.ts";
import type { Known } from "./read-archive.ts";

const ROWS = 500;
const BYTES = 4 * 1024 * 1024;

const { changes, fileObjects, members } = schema;

type Row = Record<string, unknown>;

export type Writing = {
  archive: Archive;
  known: Known;
  workspaceId: string;
  /** Who imports it: a member already. */
  userId: string;
  /** The feed here went up to this number before. */
  changeSeq: number;
  onRows: (more: number) => void;
  signal: AbortSignal;
};

/** Of all but the feed, which holds up whoever else writes in this workspace: that comes last. */
export async function writeRows(tx: Tx, writing: Writing): Promise<void> {
  const lost = new Set<string>();
  for (const each of carried) {
    if (each.table !== changes) await writeTable(tx, { ...writing, each, lost });
  }
}

export const writeFeed = (tx: Tx, writing: Writing) => {
  const each = carried.find(({ table }) => table === changes) as Carried;
  return writeTable(tx, { ...writing, each, lost: new Set() });
};

type WritingTable = Writing & { each: Carried; lost: Set<string> };

async function writeTable(tx: Tx, writing: WritingTable) {
  const { archive, each, signal, onRows } = writing;
  const { table } = each;
  const name = tableName(table);
  const insert = inserting(tx, table, archive.manifest.columns[name] ?? []);
  const toItself = referencesOf(each).filter(({ to }) => to === name);
  const later: Row[] = [];
  let batch: Row[] = [];
  let bytes = 0;
  const flush = async () => {
    signal.throwIfAborted();
    await insert(batch);
    onRows(batch.length);
    batch = [];
    bytes = 0;
  };
  for await (const line of archive.lines(name)) {
    const row = rowOf(line, writing);
    if (!row) continue;
    // What it refers to may come behind it.
    if (toItself.some(({ column }) => row[column] !== null)) later.push(pick(row, toItself));
    for (const { column } of toItself) row[column] = null;
    batch.push(row);
    bytes += line.length;
    if (batch.length >= ROWS || bytes >= BYTES) await flush();
  }
  if (batch.length > 0) await flush();
  for (const { column } of toItself) await refer(tx, table, { column, rows: later });
}

const pick = (row: Row, columns: { column: string }[]): Row =>
  Object.fromEntries([["id", row.id], ...columns.map(({ column }) => [column, row[column]])]);

function inserting(tx: Tx, table: PgTable, columns: string[]) {
  const names = sql.join(
    columns.map((column) => sql.identifier(column)),
    sql`, `,
  );
  return (rows: Row[]) =>
    tx.execute(sql`insert into ${table} (${names})
      select ${names} from json_populate_recordset(null::${table}, ${JSON.stringify(rows)}::text::json)`);
}

async function refer(tx: Tx, table: PgTable, { column, rows }: { column: string; rows: Row[] }) {
  const name = sql.identifier(column);
  for (let at = 0; at < rows.length; at += ROWS) {
    const some = JSON.stringify(rows.slice(at, at + ROWS));
    await tx.execute(sql`update ${table} set ${name} = v.${name}
      from json_to_recordset(${some}::text::json) as v(id uuid, ${name} uuid)
      where ${table}.id = v.id`);
  }
}

/** As it is to stand here; null when it does not come along. */
function rowOf(line: string, writing: WritingTable): Row | null {
  const { each, known, archive, workspaceId, userId } = writing;
  const name = tableName(each.table);
  const own = parsed(line, name) as Row;
  const row = parsed(known.ids.replace(line), name) as Row;
  const columns = archive.manifest.columns[name] ?? [];
  if (Object.keys(row).some((column) => !columns.includes(column))) {
    throw damaged(`a row of “${name}” has more to it than was exported`);
  }
  if (isLost(own, row, writing)) return null;
  for (const { column, to, isNullable } of referencesOf(each)) {
    const isBlank = (own[column] ?? null) === null;
    if (isBlank ? !isNullable : known.ids.find(to, own[column]) === null) {
      throw damaged(`a row of “${name}” names something that isn't in it`);
    }
  }
  for (const { name: column, type } of columnsOf(each)) {
    if (type === "bytea") row[column] = updateOf(row[column], known);
  }
  if (columns.includes("workspace_id")) row.workspace_id = workspaceId;
  if (each.table === members && row.user_id === userId) return null;
  if (each.table === changes) row.seq = Number(row.seq) + writing.changeSeq;
  return row;
}

/** A content that the other server had lost, and what is nothing without it. */
function isLost(own: Row, row: Row, { each, archive, lost }: WritingTable): boolean {
  const isGone =
    (each.table === fileObjects && archive.sums.missing.includes(String(own.id))) ||
    [row.object_id, row.file_id].some((id) => typeof id === "string" && lost.has(id));
  if (isGone && typeof row.id === "string") lost.add(row.id);
  return isGone;
}

/** In hex, as Postgres writes it: an update of a document's text, with the ids of here. */
function updateOf(value: unknown, { ids }: Known): string {
  if (typeof value !== "string" || !value.startsWith("\\x")) throw damaged("a text can't be read");
  const bytes = ids.replaceIn(Buffer.from(value.slice(2), "hex"));
  if (faultOf(bytes) !== null) throw damaged("a text in it is no text");
  return `\\x${bytes.toString("hex")}`;
}
