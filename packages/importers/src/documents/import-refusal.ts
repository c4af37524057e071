/**
 * Why an import of documents ended without bringing anything. Each has a `reason` that never changes
 * and a sentence for people; `runDocumentImport` adds that nothing was imported.
 */
export class DocumentImportRefusal extends Error {
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.name = "DocumentImportRefusal";
    this.reason = reason;
  }
}
