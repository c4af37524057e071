import { readMarkdown } from "@guildhall/api/document-markdown";
import { documentExtensionsWith } from "@guildhall/api/document-model";
import { EditorContent, useEditor } from "@tiptap/react";
import { use, useMemo } from "react";
import { documentLinks } from "@/features/documents/editor/links.ts";
import { CalloutView } from "@/features/documents/editor/nodes/callout.ts";
import { CodeBlockView } from "@/features/documents/editor/nodes/code-block.ts";
import { ImageNodeView } from "@/features/documents/editor/nodes/files.tsx";
import {
  FootnoteDefinitionView,
  FootnoteReferenceView,
} from "@/features/documents/editor/nodes/footnotes.ts";
import { BlockMathView, InlineMathView } from "@/features/documents/editor/nodes/maths.ts";
import { RawBlockView, RawInlineView } from "@/features/documents/editor/nodes/raw.ts";
import "@/features/documents/document-code.css";
import "@/features/documents/document-nodes.css";
import "@/features/documents/document-text.css";
import { useWorkspace } from "@/sync/use-workspace.ts";
import { NavigateContext } from "@/ui/link.tsx";
import type { ContentProps } from "./content-props.ts";
import { TextFrame } from "./text-frame.tsx";

/** Read into the model of documents and drawn as those are: what is no part of it is shown as its source. */
export default function MarkdownContent({ file, address }: ContentProps) {
  return (
    <TextFrame {...{ file, address }}>
      {(text) => (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
          tabIndex={0}
          aria-label="Text"
          className="min-h-0 flex-1 overflow-auto bg-surface px-6 py-8"
        >
          <div className="mx-auto max-w-[720px]">
            <Written text={text} />
          </div>
        </section>
      )}
    </TextFrame>
  );
}

const looks = [
  CalloutView,
  CodeBlockView,
  FootnoteDefinitionView,
  FootnoteReferenceView,
  ImageNodeView,
  InlineMathView,
  BlockMathView,
  RawBlockView,
  RawInlineView,
];

function Written({ text }: { text: string }) {
  const { id: workspaceId } = useWorkspace();
  const navigate = use(NavigateContext);
  const content = useMemo(() => readMarkdown(text), [text]);
  const editor = useEditor({
    extensions: documentExtensionsWith([
      ...looks,
      documentLinks({
        workspaceId,
        here: location.href.replace(/#.*/, ""),
        navigate: (to) => navigate?.(to),
      }),
    ]),
    content,
    editable: false,
    editorProps: {
      attributes: { class: "document-text", role: "document", "aria-label": "Text" },
    },
  });
  return <EditorContent editor={editor} />;
}
