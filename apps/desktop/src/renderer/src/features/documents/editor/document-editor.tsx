import type { Editor } from "@tiptap/core";
import { EditorContent, useEditor } from "@tiptap/react";
import { useEffect } from "react";
import type { OpenDocument } from "@/sync/documents/open-document.ts";
import { useMe } from "@/sync/use-room.ts";
import { editorExtensions } from "./extensions.ts";

type Props = {
  text: OpenDocument;
  mayEdit: boolean;
  onEditor: (editor: Editor | null) => void;
};

/** The text of a document, to read and to write in. */
export function DocumentEditorText({ text, mayEdit, onEditor }: Props) {
  const me = useMe();
  const editor = useEditor(
    {
      extensions: editorExtensions({ text, me }),
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
    return () => onEditor(null);
  }, [editor, onEditor]);

  return (
    <div className="document-column">
      <EditorContent editor={editor} />
    </div>
  );
}
