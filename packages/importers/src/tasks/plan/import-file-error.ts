export type ImportFileReason =
  | "file_empty"
  | "file_not_utf8"
  | "file_truncated"
  | "file_wrong_kind"
  | "json_invalid"
  | "json_too_deep"
  | "csv_quote_not_closed"
  | "csv_quote_misplaced"
  | "csv_too_many_columns"
  | "no_title_column"
  | "unknown_column";

/** A file that cannot be imported at all. `message` is for people: what, where, what to do. */
export class ImportFileError extends Error {
  readonly reason: ImportFileReason;

  constructor(reason: ImportFileReason, message: string) {
    super(message);
    this.name = "ImportFileError";
    this.reason = reason;
  }
}
