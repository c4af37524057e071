import { schema } from "@guildhall/db";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import {
  ArrivingForm,
  BrokenForm,
  collect,
  type FormPart,
  partsOf,
} from "../core/arriving-form.ts";
import type { MutationContext } from "../core/context.ts";
import { GuildhallError, refused } from "../core/errors.ts";
import { TooLong } from "../core/file-store.ts";
import { write } from "../core/write.ts";
import { dropContent, type Kept, keepContent } from "../files/store-file.ts";

const { importFiles } = schema;

const MB = 1024 * 1024;
/** The server's HTTP side lets through a little more: the form around the file. */
export const MAX_FILE_BYTES = 64 * MB;
/** What one person may have waiting here; an upload is there to be imported, not to be kept. */
const MAX_KEPT_BYTES = 512 * MB;
const LONGEST_FIELD = 1_000;

/** What is sent as a form: of a page whole, over HTTP while it arrives. */
export const formInput = z.custom<FormData>(
  (form) => form instanceof FormData || (form as unknown) instanceof ArrivingForm,
  { message: "A form with a file is needed." },
);

export const fileTooLarge = () =>
  new GuildhallError(
    "PAYLOAD_TOO_LARGE",
    "file_too_large",
    `Nothing was uploaded: the file is larger than ${MAX_FILE_BYTES / MB} MB. Export fewer tasks at a time (by date or by status), and import the parts one by one.`,
  );

const badForm = (why: string) =>
  new GuildhallError("BAD_REQUEST", "bad_input", `Nothing was uploaded: ${why}`);

/** Keeps a file for a day, in the store of files, until imports read it. */
export async function uploadFile(ctx: Omit<MutationContext, "mutationId">, form: FormData) {
  const { services } = ctx;
  const { kept, name, mutationId } = await receive(services, form).catch(inWords);
  try {
    const row = await write({ ...ctx, mutationId }, null, async (tx) => {
      const uploadedBy = ctx.actor.user.id;
      // One after the other: several at once would each see room for itself.
      const turn = sql`hashtextextended(${`import-files:${uploadedBy}`}, 0)`;
      await tx.execute(sql`select pg_advisory_xact_lock(${turn})`);
      const [all] = await tx
        .select({ bytes: sql<number>`coalesce(sum(${importFiles.size}), 0)::float8` })
        .from(importFiles)
        .where(eq(importFiles.uploadedBy, uploadedBy));
      if ((all?.bytes ?? 0) + kept.size > MAX_KEPT_BYTES) throw tooManyUploads();
      const row = { id: kept.key, name, size: kept.size };
      await tx.insert(importFiles).values({ ...row, uploadedBy });
      return row;
    });
    // It was sent before, and that one stands.
    if (row.id !== kept.key) await dropContent(services, kept);
    return row;
  } catch (error) {
    // Where the answer of the database was lost, the row may be there: then the sweep decides.
    if (error instanceof GuildhallError && error.reason === "too_many_uploads") {
      await dropContent(services, kept);
    }
    throw error;
  }
}

const tooManyUploads = () =>
  refused(
    "too_many_uploads",
    `Nothing was uploaded: your uploads of the last day would exceed ${MAX_KEPT_BYTES / MB} MB. Wait a day, or ask a colleague to import the rest.`,
  );

type Received = { kept: Kept; name: string; mutationId: string | undefined };

/** The file goes to the store as it comes; what stands around it in the form is short. */
async function receive(services: MutationContext["services"], form: FormData): Promise<Received> {
  const arriving: unknown = form;
  const parts = arriving instanceof ArrivingForm ? arriving.parts() : partsOf(form);
  const found: Partial<Received> = {};
  try {
    for await (const part of parts) await take(services, part, found);
    const { kept, name = "file", mutationId } = found;
    if (!kept) throw badForm("send one file in the form field “file”.");
    return { kept, name, mutationId };
  } catch (error) {
    if (found.kept) await dropContent(services, found.kept);
    throw error;
  }
}

async function take(
  services: MutationContext["services"],
  { name, fileName, content }: FormPart,
  found: Partial<Received>,
) {
  if (name === "file" && fileName !== null) {
    if (found.kept) throw badForm("the form has more than one file. Send them one by one.");
    found.kept = await keepContent(services, content, MAX_FILE_BYTES);
    found.name = fileName.replace(/\p{Cc}/gu, "").slice(-200) || "file";
    return;
  }
  const value = (await collect(content, LONGEST_FIELD)).toString();
  if (name === "file") throw badForm("send one file in the form field “file”.");
  if (name !== "mutationId") return;
  const id = z.uuid().safeParse(value);
  if (!id.success) throw badForm("mutationId must be a UUID.");
  found.mutationId = id.data;
}

function inWords(error: unknown): never {
  if (error instanceof TooLong) throw fileTooLarge();
  if (error instanceof BrokenForm || isCutOff(error)) {
    throw badForm("the form did not arrive whole. Send it again.");
  }
  throw error;
}

const isCutOff = (error: unknown) =>
  error instanceof Error && "code" in error && error.code === "ECONNRESET";
