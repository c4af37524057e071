import { documentExtensionsWith, TEXT_FIELD } from "@guildhall/api/document-model";
import { type AnyExtension, Extension } from "@tiptap/core";
import { Collaboration } from "@tiptap/extension-collaboration";
import { CollaborationCaret } from "@tiptap/extension-collaboration-caret";
import type { OpenDocument } from "@/sync/documents/open-document.ts";
import { BlockOfCursor } from "./block-of-cursor.ts";
import { caretOf, selectionOf } from "./carets.ts";
import { Files } from "./files/put-files.ts";
import { documentLinks } from "./links.ts";
import { namingMenus } from "./menus/naming.ts";
import { SlashMenu } from "./menus/slash-menu.ts";
import type { Sources } from "./menus/sources.tsx";
import { BlockKeys } from "./move-block.ts";
import { CalloutView } from "./nodes/callout.ts";
import { DocumentChipView, MentionView, TaskChipView } from "./nodes/chips.tsx";
import { CodeBlockView } from "./nodes/code-block.ts";
import { FileBlockView, ImageNodeView } from "./nodes/files.tsx";
import { FootnoteDefinitionView, FootnoteReferenceView } from "./nodes/footnotes.ts";
import { BlockMathView, InlineMathView } from "./nodes/maths.ts";
import { RawBlockView, RawInlineView } from "./nodes/raw.ts";
import { TaskItemView } from "./nodes/task-item.ts";
import { directedBlocks } from "./nodes/text-direction.ts";
import { pasting } from "./paste/paste.ts";
import { Placeholder } from "./placeholder.ts";

type Options = {
  text: OpenDocument;
  me: { id: string; name: string };
  workspaceId: string;
  documentId: string;
  /** This document's address. */
  here: string;
  navigate: (address: string) => void;
  sources: Sources;
  titleOf: (documentId: string) => string | undefined;
  findTask: (keyOrId: string) => Promise<{ id: string; label: string } | null>;
};

/** The document's schema, as it looks and is written in on a page. */
export function editorExtensions(options: Options): AnyExtension[] {
  const { text, me, workspaceId, documentId, here, navigate, sources } = options;
  const looks = [
    ...directedBlocks,
    CalloutView,
    CodeBlockView,
    DocumentChipView,
    FileBlockView,
    FootnoteDefinitionView,
    FootnoteReferenceView,
    ImageNodeView,
    InlineMathView,
    BlockMathView,
    MentionView,
    RawBlockView,
    RawInlineView,
    TaskChipView,
    TaskItemView,
    documentLinks({ workspaceId, here, navigate }),
  ];
  return [
    ...documentExtensionsWith(looks),
    Collaboration.configure({ document: text.doc, field: TEXT_FIELD }),
    CollaborationCaret.configure({
      provider: { awareness: text.awareness.awareness },
      user: { id: me.id, name: me.name },
      render: caretOf,
      selectionRender: selectionOf,
    }),
    Placeholder,
    BlockOfCursor,
    SlashMenu,
    ...namingMenus(sources),
    BlockKeys,
    LeaveText,
    Files.configure({ documentId }),
    pasting(options),
  ];
}

/** Escape leaves the text, so that the keys of the page are there again. */
const LeaveText = Extension.create({
  name: "leaveText",
  priority: 1,
  addKeyboardShortcuts() {
    return {
      Escape: ({ editor }) => {
        editor.commands.blur();
        return true;
      },
    };
  },
});
