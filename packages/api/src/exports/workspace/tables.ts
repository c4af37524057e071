/**
 * What of a workspace goes into its archive: one row for each table that belongs to it, in an order in which rows
 * can be inserted (what is referred to first). `tables.test.ts` fails for a table about which nobody decided.
 */
import { schema } from "@guildhall/db";
import { toSnakeCase } from "drizzle-orm/casing";
import { getTableConfig, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import { tableName } from "../../erasure/erasure-plan.ts";

export type Carried = {
  table: PgTable;
  /** Made anew where it is imported, or of no use there: names of columns. */
  without?: readonly string[];
  /** Rows that are read at once; few where a row may be megabytes. */
  atOnce?: number;
};

const MANY = 1_000;
const HEAVY = 10;

const rows = (table: PgTable, more: Omit<Carried, "table"> = {}): Carried => ({ table, ...more });

/** Who made an object's thumbnail, and when it is looked at: of this server. */
const ofObjects = ["tended_at", "attempts", "preview", "thumbnail_key", "thumbnail_size"];

export const carried: readonly Carried[] = [
  rows(schema.members, { without: ["awaits_factor"] }),
  rows(schema.groups),
  rows(schema.groupMembers, { without: ["managed_by"] }),
  rows(schema.projects),
  rows(schema.projectMembers),
  rows(schema.projectGroups),
  rows(schema.statuses),
  rows(schema.labels),
  rows(schema.tasks),
  rows(schema.taskAssignees),
  rows(schema.taskAssigneeGroups),
  rows(schema.taskLabels),
  rows(schema.taskDependencies),
  rows(schema.checklists),
  rows(schema.checklistItems),
  rows(schema.documents),
  rows(schema.documentMembers),
  rows(schema.documentGroups),
  rows(schema.documentUpdates, { atOnce: HEAVY }),
  rows(schema.documentSnapshots, { atOnce: HEAVY }),
  rows(schema.documentVersions, { atOnce: HEAVY }),
  rows(schema.documentTexts, { atOnce: HEAVY }),
  rows(schema.documentLinks),
  rows(schema.documentFavourites),
  rows(schema.documentThreads),
  rows(schema.comments),
  rows(schema.commentVersions),
  rows(schema.commentReactions),
  rows(schema.fileObjects, { without: ofObjects }),
  rows(schema.files),
  rows(schema.fileVersions),
  rows(schema.follows),
  rows(schema.changes),
];

/** What stays behind, each with its reason. */
export const leftBehind = new Map<PgTable, string>([
  [schema.deletedMembers, "only of a deleted workspace, which nobody exports"],
  [schema.invitations, "their links open this server"],
  [schema.invitationUses, "go with the invitations"],
  [schema.claimedRoles, "given by the sign-in of an organisation to accounts of this server"],
  [schema.imports, "how something came here; what came is carried"],
  [schema.fileUploads, "bytes on their way"],
  [schema.fileUploadParts, "bytes on their way"],
  [schema.fileTexts, "read from the files again"],
  [schema.documentVisits, "where somebody was is theirs alone"],
  [schema.notifications, "what somebody was told is theirs alone"],
  [schema.notificationMails, "mails of this server"],
  [schema.notificationSettings, "how somebody wants to be told is theirs alone"],
  [schema.pushMessages, "messages of this server"],
  [schema.pushDeliveries, "messages of this server"],
  [schema.searchEntries, "made from the other tables"],
  [schema.searchWords, "made from the other tables"],
]);

export const rowsAtOnce = ({ atOnce = MANY }: Carried) => atOnce;

/** As the database calls it. */
const nameOf = (column: PgColumn) => (column.keyAsName ? toSnakeCase(column.name) : column.name);

export type Column = { name: string; type: string };

/** Those that are carried. */
export function columnsOf({ table, without = [] }: Carried): Column[] {
  return getTableConfig(table)
    .columns.map((column) => ({ name: nameOf(column), type: column.getSQLType() }))
    .filter(({ name }) => !without.includes(name));
}

/** A column that names something, which must be of the same archive: by the table that it stands in. */
export type Reference = { column: string; to: string; isNullable: boolean };

export function referencesOf({ table }: Carried): Reference[] {
  return getTableConfig(table).foreignKeys.flatMap((key) => {
    const { columns, foreignTable } = key.reference();
    const [column] = columns;
    if (!column || foreignTable === schema.workspaces) return [];
    const to = tableName(foreignTable);
    return [{ column: nameOf(column), to, isNullable: !column.notNull }];
  });
}

/** What its rows are ordered by: its primary key, or all of it where there is none. */
export function orderOf(each: Carried): string[] {
  const { columns, primaryKeys } = getTableConfig(each.table);
  const key = primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary);
  return key.length > 0 ? key.map(nameOf) : columnsOf(each).map(({ name }) => name);
}
