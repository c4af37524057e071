import { documentExtensionsWith, TEXT_FIELD } from "@guildhall/document-model";
import type { AnyExtension } from "@tiptap/core";
import { Collaboration } from "@tiptap/extension-collaboration";
import { CollaborationCaret } from "@tiptap/extension-collaboration-caret";
import { CalloutView } from "@/entities/documents/nodes/callout.ts";
import { DocumentChipView, MentionView, TaskChipView } from "@/entities/documents/nodes/chips.tsx";
import { CodeBlockView } from "@/entities/documents/nodes/code-block.ts";
import { FileBlockView, ImageNodeView } from "@/entities/documents/nodes/files.tsx";
import {
  FootnoteDefinitionView,
  FootnoteReferenceView,
} from "@/entities/documents/nodes/footnotes.ts";
import { BlockMathView, InlineMathView } from "@/entities/documents/nodes/maths.ts";
import { RawBlockView, RawInlineView } from "@/entities/documents/nodes/raw.ts";
import { TaskItemView } from "@/entities/documents/nodes/task-item.ts";
import { directedBlocks } from "@/entities/documents/nodes/text-direction.ts";
import type { OpenDocument } from "@/entities/documents/sync/texts/open-document.ts";
import { documentLinks } from "@/entities/documents/text/links.ts";
import { Files } from "@/entities/editor/files/put-files.ts";
import { LeaveText } from "@/entities/editor/leave-text.ts";
import { namingMenus } from "@/entities/editor/menus/naming.ts";
import { SlashMenu } from "@/entities/editor/menus/slash-menu.ts";
import type { Sources } from "@/entities/editor/menus/sources.tsx";
import { type Naming, typedNames } from "@/entities/editor/names/typed-names.ts";
import { pasting } from "@/entities/editor/paste/paste.ts";
import { Placeholder } from "@/entities/editor/placeholder.ts";
import { BlockOfCursor } from "./blocks/block-of-cursor.ts";
import { BlockKeys } from "./blocks/move-block.ts";
import { caretOf, selectionOf } from "./carets.ts";

type Options = {
  naming: Naming;
  text: OpenDocument;
  me: { id: string; name: string };
  documentId: string;
  /** This document's address. */
  here: string;
  navigate: (address: string) => void;
  sources: Sources;
};

/** The document's schema, as it looks and is written in on a page. */
export function editorExtensions(options: Options): AnyExtension[] {
  const { text, me, naming, documentId, here, navigate, sources } = options;
  const { workspaceId } = naming;
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
    Files.configure({ place: { documentId } }),
    pasting(naming),
    typedNames(naming),
  ];
}
