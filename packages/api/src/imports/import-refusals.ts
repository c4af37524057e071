import type { RefusalReason } from "../core/reasons.ts";

/**
 * Why an import ended without bringing anything, when it was not the file's fault. Each has a
 * `reason` that never changes and a sentence for people; `runImport` adds that nothing was imported.
 */
export class ImportRefusal extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.name = "ImportRefusal";
    this.reason = reason;
  }
}

export const fileGone = () =>
  new ImportRefusal(
    "file_gone",
    "A file of this import is no longer available: files are kept for a day. Upload it again.",
  );

export const fileTooLarge = (bytes: number) =>
  new ImportRefusal(
    "file_too_large",
    `This file is larger than ${bytes / 1024 ** 2} MB, which is more than can be read at once. Export fewer tasks at a time (by date or by status), and import the parts one by one.`,
  );

export const fileTooHeavy = (megabytes: number) =>
  new ImportRefusal(
    "file_needs_too_much_memory",
    `Reading this file needs more than ${megabytes} MB of memory. Export fewer tasks at a time, and import the parts one by one.`,
  );

export const fileTooSlow = (seconds: number) =>
  new ImportRefusal(
    "file_takes_too_long",
    `Reading this file takes longer than ${seconds} s. Export fewer tasks at a time, and import the parts one by one.`,
  );

export const cutOffTooOften = (times: number) =>
  new ImportRefusal(
    "import_cut_off",
    `This import was interrupted ${times} times because the server stopped or lost its database. Start it again later; if it keeps happening, tell your administrator.`,
  );

export const importerGone = () =>
  new ImportRefusal(
    "importer_gone",
    "The person who started this import no longer has an account here. Someone else can start it.",
  );
