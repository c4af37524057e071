/**
 * What an archive of a workspace is: a zip with, in this order,
 *
 *   guildhall-workspace.json   which Guildhall made it, when, of which workspace; the columns of each table
 *   README.txt                 the same for people
 *   data/people.jsonl          who is named anywhere in it: id, name, and the address of those who are members
 *   data/<table>.jsonl         a row a line, exactly as it is in the database; bytes in hex
 *   tasks/<KEY>.csv            the tasks of a project, for people
 *   documents/…                documents as Markdown, for people
 *   files/<id>/<name>          each content of a file once
 *   sums.json                  bytes, rows and SHA-256 of everything before it
 *
 * The sums come last, since nobody knows them before: their being there says that nothing was cut off.
 */
import { schema } from "@guildhall/db";
import { z } from "zod";

export const MANIFEST = "guildhall-workspace.json";
export const SUMS = "sums.json";
/** Rises when an older Guildhall could no longer read what is written. */
export const FORMAT = 1;

export const dataPath = (table: string) => `data/${table}.jsonl`;
export const PEOPLE = "people";
export const FILES = "files/";

export const manifestSchema = z.object({
  format: z.number(),
  /** The version of the program that made it. */
  guildhall: z.string().max(100),
  madeAt: z.iso.datetime(),
  workspace: z.object({
    id: z.uuid(),
    name: z.string().min(1).max(200),
    defaultRole: z.enum(schema.roles),
    inviterRole: z.enum(schema.inviterRoles),
    exporterRole: z.enum(schema.roles),
    projectVisibility: z.enum(schema.visibilities),
    requiresSecondFactor: z.boolean(),
    changeSeq: z.number().int().nonnegative(),
    changeFloor: z.number().int().nonnegative(),
  }),
  /** By the name of the table. */
  columns: z.record(z.string().max(100), z.array(z.string().max(100)).max(200)),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const personSchema = z.object({
  id: z.uuid(),
  name: z.string().min(1).max(1_000),
  /** Of members; null when it is not known, or not the owners' to know. */
  email: z.string().max(1_000).nullable(),
});
export type ArchivedPerson = z.infer<typeof personSchema>;

const sum = z.object({
  bytes: z.number().int().nonnegative(),
  sha256: z.string().length(64),
  /** Of `data/…`. */
  rows: z.number().int().nonnegative().optional(),
});
export const sumsSchema = z.object({
  entries: z.record(z.string(), sum),
  /** Contents of files that the server had lost: their ids. */
  missing: z.array(z.uuid()),
});
export type Sums = z.infer<typeof sumsSchema>;
