import { createObservable } from "@/lib/observable.ts";

/** Where documents are to come: below a folder or document, in a project, or in the workspace itself. */
export type ImportPlace = {
  workspaceId: string;
  projectId: string | null;
  parentId: string | null;
  /** As people know it. */
  name: string;
};

export const importPlace = createObservable<ImportPlace | null>(null);

/** Asks for a folder, a zip or a file to import there. */
export const openDocumentImport = (place: ImportPlace) => importPlace.set(place);
