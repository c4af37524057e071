import type { Editor } from "@tiptap/core";
import { createContext, use } from "react";
import type { OpenDocument } from "@/entities/documents/sync/texts/open-document.ts";
import type { DocumentWithRole } from "@/entities/documents/sync/use-document.ts";
import { invariant } from "@/lib/invariant.ts";

export type DocumentEditor = {
  document: DocumentWithRole;
  /** Mine at this moment; the server asks again on every push. */
  mayEdit: boolean;
  /** The Yjs document, the others' cursors, and how far it is read. */
  text: OpenDocument;
  /** Null until the text is read for the first time. */
  editor: Editor | null;
};

export const DocumentContext = createContext<DocumentEditor | null>(null);

/** The open document, for all that stands on its page: panels, menus, the header. */
export const useDocumentEditor = (): DocumentEditor =>
  invariant(use(DocumentContext), "this is on a document's page");
