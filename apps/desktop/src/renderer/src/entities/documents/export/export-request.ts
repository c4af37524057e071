import { createObservable } from "@/lib/observable.ts";

export type ExportAsked = {
  workspaceId: string;
  /** What is exported, as people know it. */
  name: string;
  /** The document or folder with what is below it; without either it is the whole workspace. */
  documentId?: string;
  projectId?: string;
  as: "zip" | "markdown" | "html";
};

export const exportAsked = createObservable<ExportAsked | null>(null);

/** Saves it to the disk of whoever asks, with a bar until it is there. */
export const startDocumentExport = (asked: ExportAsked) => exportAsked.set({ ...asked });
