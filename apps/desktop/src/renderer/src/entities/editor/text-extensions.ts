/** The smaller schema of descriptions and comments, as it looks and is written in on a page. */
import { textExtensionsWith } from "@guildhall/document-model";
import { type AnyExtension, type Editor, Extension } from "@tiptap/core";
import { history, redo, undo } from "@tiptap/pm/history";
import { DocumentChipView, MentionView, TaskChipView } from "@/entities/documents/nodes/chips.tsx";
import { CodeBlockView } from "@/entities/documents/nodes/code-block.ts";
import { FileBlockView, ImageNodeView } from "@/entities/documents/nodes/files.tsx";
import {
  FootnoteDefinitionView,
  FootnoteReferenceView,
} from "@/entities/documents/nodes/footnotes.ts";
import { RawBlockView, RawInlineView } from "@/entities/documents/nodes/raw.ts";
import { TaskItemView } from "@/entities/documents/nodes/task-item.ts";
import { directedBlocks } from "@/entities/documents/nodes/text-direction.ts";
import { documentLinks } from "@/entities/documents/text/links.ts";
import type { FilePlace } from "@/entities/files/upload/file-place.ts";
import { Files } from "./files/put-files.ts";
import { LeaveText } from "./leave-text.ts";
import { namingMenus } from "./menus/naming.ts";
import { SlashMenu } from "./menus/slash-menu.ts";
import type { Sources } from "./menus/sources.tsx";
import { type Naming, typedNames } from "./names/typed-names.ts";
import { pasting } from "./paste/paste.ts";
import { TypedLines } from "./paste/typed-lines.ts";
import { Placeholder } from "./placeholder.ts";

type Options = {
  naming: Naming;
  place: FilePlace | null;
  placeholder: string;
  sources: Sources;
  navigate: (address: string) => void;
  onSubmit: (editor: Editor) => void;
  onLeave: (editor: Editor) => void;
};

export function textEditorExtensions(options: Options): AnyExtension[] {
  const { naming, place, placeholder, sources, navigate, onSubmit, onLeave } = options;
  return [
    ...textExtensionsWith([
      ...directedBlocks,
      CodeBlockView,
      DocumentChipView,
      FileBlockView,
      FootnoteDefinitionView,
      FootnoteReferenceView,
      ImageNodeView,
      MentionView,
      RawBlockView,
      RawInlineView,
      TaskChipView,
      TaskItemView,
      documentLinks({ workspaceId: naming.workspaceId, here: location.pathname, navigate }),
    ]),
    Undo,
    Placeholder.configure({ line: null, blank: placeholder }),
    SlashMenu,
    ...namingMenus(sources),
    Submit.configure({ onSubmit }),
    LeaveText.configure({ onLeave }),
    Files.configure({ place }),
    pasting(naming),
    TypedLines,
    typedNames(naming),
  ];
}

/** Before the schema's own use of the key, which is a line break. */
const Submit = Extension.create<{ onSubmit: (editor: Editor) => void }>({
  name: "submit",
  priority: 1_000,
  addOptions: () => ({ onSubmit: () => {} }),
  addKeyboardShortcuts() {
    return {
      "Mod-Enter": ({ editor }) => {
        this.options.onSubmit(editor);
        return true;
      },
    };
  },
});

/** A document's is that of Yjs. */
const Undo = Extension.create({
  name: "undo",
  addProseMirrorPlugins: () => [history()],
  addKeyboardShortcuts() {
    const run = (command: typeof undo) => () => {
      const { state, view } = this.editor;
      command(state, view.dispatch);
      // Also when there is nothing more: the page's own undo is for what was done outside of the text.
      return true;
    };
    return { "Mod-z": run(undo), "Mod-Shift-z": run(redo), "Mod-y": run(redo) };
  },
});
