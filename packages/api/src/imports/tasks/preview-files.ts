import type { CsvMapping, ImportFormat } from "@guildhall/importers/tasks";
import type { ActorContext } from "../../core/context.ts";
import { notFound, refused } from "../../core/errors.ts";
import { ImportRefusal } from "../import-refusals.ts";
import { loadFiles } from "../load-files.ts";
import { readPreview } from "./read-plan.ts";
import type { ReadingInput } from "./reading.ts";

type Input = {
  fileIds: string[];
  format?: ImportFormat | undefined;
  mapping?: CsvMapping | undefined;
  reading?: ReadingInput | undefined;
};

/** Reads one's own uploaded files without writing anything. */
export async function previewFiles(
  ctx: ActorContext,
  { fileIds, format, mapping, reading }: Input,
  signal: AbortSignal = new AbortController().signal,
) {
  const files = await loadFiles(ctx.services, ctx.actor.user.id, fileIds);
  if (!files) throw notFound("file");
  const how = { format: format ?? null, mapping: mapping ?? null, reading: reading ?? null };
  const request = { files, ...how };
  const preview = await readPreview(request, signal).catch(asRefusal);
  return { files: files.map(({ id, name, size }) => ({ id, name, size })), ...preview };
}

function asRefusal(error: unknown): never {
  if (!(error instanceof ImportRefusal)) throw error;
  throw refused(error.reason, error.message);
}
