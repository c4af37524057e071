import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { schema } from "@guildhall/db";
import { eq, lt, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { MutationContext } from "../core/context.ts";
import { GuildhallError, refused } from "../core/errors.ts";
import { write } from "../core/write.ts";

const { importFiles } = schema;
const compress = promisify(gzip);

const MB = 1024 * 1024;
/** The server's HTTP side lets through a little more: the form around the file. */
export const MAX_FILE_BYTES = 64 * MB;
/** What one person may have waiting here; an upload is there to be imported, not to be kept. */
const MAX_KEPT_BYTES = 512 * MB;

export const fileTooLarge = () =>
  new GuildhallError(
    "PAYLOAD_TOO_LARGE",
    "file_too_large",
    `Nothing was uploaded: the file is larger than ${MAX_FILE_BYTES / MB} MB. Export fewer tasks at a time (by date or by status), and import the parts one by one.`,
  );

/** Keeps a file for a day, compressed, until an import reads it. */
export async function uploadFile(ctx: MutationContext, file: File) {
  if (file.size > MAX_FILE_BYTES) throw fileTooLarge();
  const name = file.name.replace(/\p{Cc}/gu, "").slice(-200) || "file";
  // Level 1: a 60 MB export in a third of a second, and still a fifth of its size.
  const content = await compress(await file.arrayBuffer(), { level: 1 });
  return write(ctx, null, async (tx) => {
    await tx.delete(importFiles).where(lt(importFiles.createdAt, sql`now() - interval '1 day'`));
    const uploadedBy = ctx.actor.user.id;
    const [kept] = await tx
      .select({ bytes: sql<number>`coalesce(sum(${importFiles.size}), 0)::float8` })
      .from(importFiles)
      .where(eq(importFiles.uploadedBy, uploadedBy));
    if ((kept?.bytes ?? 0) + file.size > MAX_KEPT_BYTES) {
      throw refused(
        "too_many_uploads",
        `Nothing was uploaded: your uploads of the last day would exceed ${MAX_KEPT_BYTES / MB} MB. Wait a day, or ask a colleague to import the rest.`,
      );
    }
    const row = { id: uuidv7(), name, size: file.size };
    await tx.insert(importFiles).values({ ...row, uploadedBy, content });
    return row;
  });
}
