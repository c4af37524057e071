import type { Editor } from "@tiptap/core";
import { EditorContent, useEditor } from "@tiptap/react";
import { type MouseEvent, use, useEffect, useEffectEvent } from "react";
import type { OpenDocument } from "@/entities/documents/sync/texts/open-document.ts";
import type { DocumentWithRole } from "@/entities/documents/sync/use-document.ts";
import { goToSlug } from "@/entities/documents/text/links.ts";
import { useSources } from "@/entities/editor/menus/sources.tsx";
import { TableBar } from "@/entities/editor/menus/table-bar.tsx";
import { TextBubble } from "@/entities/editor/menus/text-bubble.tsx";
import { useNaming } from "@/entities/editor/names/use-naming.ts";
import { CommentButton } from "@/features/documents/comments/start-comment.tsx";
import { paths } from "@/lib/paths.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { BlockHandle } from "./blocks/block-handle.tsx";
import { editorExtensions } from "./extensions.ts";

type Props = {
  document: DocumentWithRole;
  text: OpenDocument;
  mayEdit: boolean;
  onEditor: (editor: Editor | null) => void;
};

/** The text of a document, to read and to write in. */
export function DocumentEditorText({ document, text, mayEdit, onEditor }: Props) {
  const { id: documentId, workspaceId } = document;
  const { me } = useSyncClient();
  const naming = useNaming(({ key, title }) => `${key} ${title}`);
  const sources = useSources({ exceptDocumentId: documentId });
  const go = use(NavigateContext);
  const navigate = useEffectEvent((address: string) => go?.(address));

  const editor = useEditor(
    {
      extensions: editorExtensions({
        text,
        me,
        naming,
        documentId,
        sources,
        here: paths.document(workspaceId, documentId),
        navigate: (address) => navigate(address),
      }),
      editable: mayEdit,
      // Only its menus draw anew with the text, each for itself.
      shouldRerenderOnTransaction: false,
      editorProps: {
        attributes: {
          class: "document-text",
          "aria-label": "Text",
          "aria-multiline": "true",
          role: "textbox",
        },
        scrollMargin: 80,
        scrollThreshold: 60,
      },
    },
    [text],
  );

  useEffect(() => {
    if (editor && editor.isEditable !== mayEdit) editor.setEditable(mayEdit);
  }, [editor, mayEdit]);

  useEffect(() => {
    onEditor(editor);
    if (editor && location.hash) goToSlug(editor, location.hash.slice(1));
    return () => onEditor(null);
  }, [editor, onEditor]);

  /** Below the last line is still the text: a click there begins a new one. */
  function onClickBelow(event: MouseEvent<HTMLDivElement>) {
    if (!editor?.isEditable || event.target !== event.currentTarget) return;
    const last = editor.state.doc.lastChild;
    const isOpen = last?.type.name === "paragraph" && last.content.size === 0;
    const chain = editor.chain();
    if (!isOpen) chain.insertContentAt(editor.state.doc.content.size, { type: "paragraph" });
    chain.focus("end").run();
  }

  return (
    <div className="document-column document-body">
      <EditorContent editor={editor} />
      {editor && mayEdit && (
        <>
          <TextBubble editor={editor} more={<CommentButton editor={editor} />} />
          <TableBar editor={editor} />
          <BlockHandle editor={editor} />
        </>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keyboard reaches the last line by itself. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same. */}
      <div className="document-below" onClick={onClickBelow} />
    </div>
  );
}
