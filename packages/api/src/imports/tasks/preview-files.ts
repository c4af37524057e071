import type { CsvMapping, ImportFormat } from "@guildhall/importers/tasks";
import type { ActorContext } from "../../core/context.ts";
import { notFound, refused } from "../../core/errors.ts";
import { ImportRefusal } from "../import-refusals.ts";
import { loadFiles } from "../load-files.ts";
import { readPreview } from "./read-plan.ts";

type Input = {
  fileIds: string[];
  format?: ImportFormat | undefined;
  mapping?: CsvMapping | undefined;
};

/** Reads one's own uploaded files without writing anything. */
export async function previewFiles(
  ctx: ActorContext,
  { fileIds, format = undefined, mapping = undefined }: Input,
  signal: AbortSignal = new AbortController().signal,
) {
  const files = await loadFiles(ctx.services, ctx.actor.user.id, fileIds);
  if (!files) throw notFound("file");
  const request = { files, format: format ?? null, mapping: mapping ?? null };
  const preview = await readPreview(request, signal).catch(asRefusal);
  return { files: files.map(({ id, name, size }) => ({ id, name, size })), ...preview };
}

function asRefusal(error: unknown): never {
  if (!(error instanceof ImportRefusal)) throw error;
  throw refused(error.reason, error.message);
}
