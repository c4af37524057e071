import { documentSchema, type NodeJson } from "@guildhall/document-model";
import { EditorContent, useEditor } from "@tiptap/react";
import { useEffect, useRef } from "react";
import { useDocumentEditor } from "@/features/documents/context/document-context.ts";
import { changesShown } from "./changes-shown.ts";

const schemaNames = new Set([
  ...Object.keys(documentSchema.nodes),
  ...Object.keys(documentSchema.marks),
]);
const blocks = Object.values(documentSchema.nodes)
  .filter((type) => type.isBlock && type.name !== "doc")
  .map((type) => type.name);

type Props = { json: NodeJson; label: string };

/** A text to be read, drawn as the page draws the present one. */
export function VersionText({ json, label }: Props) {
  const { editor: present } = useDocumentEditor();
  const looks = present?.options.extensions.filter(({ name }) => schemaNames.has(name)) ?? [];
  const editor = useEditor(
    {
      extensions: [...looks, ...changesShown(blocks)],
      content: json,
      editable: false,
      shouldRerenderOnTransaction: false,
      editorProps: {
        attributes: {
          class: "document-text document-version",
          "aria-label": label,
          role: "document",
        },
      },
    },
    [present],
  );
  const drawn = useRef(json);
  useEffect(() => {
    if (!editor || drawn.current === json) return;
    drawn.current = json;
    editor.commands.setContent(json);
  }, [editor, json]);
  return <EditorContent editor={editor} />;
}
