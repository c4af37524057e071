import { documentExtensionsWith, TEXT_FIELD } from "@guildhall/api/document-model";
import type { AnyExtension } from "@tiptap/core";
import { Collaboration } from "@tiptap/extension-collaboration";
import { CollaborationCaret } from "@tiptap/extension-collaboration-caret";
import type { OpenDocument } from "@/sync/documents/open-document.ts";
import { caretOf, selectionOf } from "./carets.ts";
import { CodeBlockView } from "./code-block.ts";
import { Placeholder } from "./placeholder.ts";

type Options = { text: OpenDocument; me: { id: string; name: string } };

/** The document's schema, as it looks and is written in on a page. */
export function editorExtensions({ text, me }: Options): AnyExtension[] {
  return [
    ...documentExtensionsWith([CodeBlockView]),
    Collaboration.configure({ document: text.doc, field: TEXT_FIELD }),
    CollaborationCaret.configure({
      provider: { awareness: text.awareness.awareness },
      user: { id: me.id, name: me.name },
      render: caretOf,
      selectionRender: selectionOf,
    }),
    Placeholder,
  ];
}
