import { type Queryable, schema } from "@guildhall/db";
import { and, inArray, isNull } from "drizzle-orm";
import type { Services } from "../core/context.ts";
import { fileColumns, objectOfFile } from "./queries.ts";

const { files, fileObjects } = schema;

/** The bytes of a file as a stream; null when they are gone. For verbs that have already authorised. */
export const openContent = ({ files: store }: Services, file: { objectId: string }) =>
  store.get(file.objectId);

/** What stands in these documents, without what is in the bin: for an export. */
export const filesOfDocuments = (q: Queryable, documentIds: string[]) =>
  q
    .select({ ...fileColumns, objectId: files.objectId })
    .from(files)
    .innerJoin(fileObjects, objectOfFile)
    .where(and(inArray(files.documentId, documentIds), isNull(files.deletedAt)));
