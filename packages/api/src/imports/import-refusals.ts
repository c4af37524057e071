/**
 * Why an import ended without bringing anything, when it was not the file's fault. Each has a
 * `reason` that never changes and a sentence for people; `runImport` adds that nothing was imported.
 */
export class ImportRefusal extends Error {
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.name = "ImportRefusal";
    this.reason = reason;
  }
}

export const fileGone = () =>
  new ImportRefusal(
    "file_gone",
    "A file of this import is no longer here: files are kept for a day. Upload it again.",
  );

export const fileTooHeavy = (megabytes: number) =>
  new ImportRefusal(
    "file_needs_too_much_memory",
    `Reading this file needs more than ${megabytes} MB of memory. Export fewer tasks at a time, and import the parts one after the other.`,
  );

export const fileTooSlow = (seconds: number) =>
  new ImportRefusal(
    "file_takes_too_long",
    `Reading this file takes longer than ${seconds} s. Export fewer tasks at a time, and import the parts one after the other.`,
  );

export const cutOffTooOften = (times: number) =>
  new ImportRefusal(
    "import_cut_off",
    `This import was begun ${times} times and cut off each time, because the server stopped or lost its database. Start it again when the server runs well; if it stays, tell the operator.`,
  );

export const importerGone = () =>
  new ImportRefusal(
    "importer_gone",
    "Whoever started this import has no account here any more. Somebody else may start it.",
  );
