import { documentExtensionsWith } from "@guildhall/document-model";
import { readMarkdown } from "@guildhall/document-model/markdown";
import { EditorContent, useEditor } from "@tiptap/react";
import { use, useMemo } from "react";
import { CalloutView } from "@/entities/documents/nodes/callout.ts";
import { CodeBlockView } from "@/entities/documents/nodes/code-block.ts";
import { ImageNodeView } from "@/entities/documents/nodes/files.tsx";
import {
  FootnoteDefinitionView,
  FootnoteReferenceView,
} from "@/entities/documents/nodes/footnotes.ts";
import { BlockMathView, InlineMathView } from "@/entities/documents/nodes/maths.ts";
import { RawBlockView, RawInlineView } from "@/entities/documents/nodes/raw.ts";
import { documentLinks } from "@/entities/documents/text/links.ts";
import "@/entities/documents/text/document-code.css";
import "@/entities/documents/text/document-files.css";
import "@/entities/documents/text/document-nodes.css";
import "@/entities/documents/text/document-text.css";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { NavigateContext } from "@/ui/controls/link.tsx";
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
