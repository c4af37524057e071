/** The documents' editor for a description or a comment. It is large: `markdown-field.tsx` loads it. */
import { openText } from "@guildhall/document-model/markdown";
import type { Editor } from "@tiptap/core";
import { EditorState, TextSelection } from "@tiptap/pm/state";
import { EditorContent, useEditor } from "@tiptap/react";
import { use, useEffect, useEffectEvent, useLayoutEffect, useRef } from "react";
import "@/entities/documents/text/document-code.css";
import "@/entities/documents/text/document-files.css";
import "@/entities/documents/text/document-nodes.css";
import { flushSync } from "react-dom";
import { useDocumentReaders } from "@/entities/people/people.ts";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { putFiles } from "./files/put-files.ts";
import type { MarkdownFieldProps } from "./markdown-field.tsx";
import { useSources } from "./menus/sources.tsx";
import { TableBar } from "./menus/table-bar.tsx";
import { TextBubble } from "./menus/text-bubble.tsx";
import { useNaming } from "./names/use-naming.ts";
import { textEditorExtensions } from "./text-extensions.ts";

/** What a person did before the editor was there. */
export type Early = {
  /** Where the caret stands in the Markdown; null: it is elsewhere. */
  caret: number | null;
  files: readonly File[];
};

type Props = MarkdownFieldProps & { early: Early; onEditor: (editor: Editor | null) => void };

export default function TextEditor(props: Props) {
  const { label, value, placeholder = "", place, people, early, onEditor } = props;
  const naming = useNaming(({ key }) => key);
  const documentId = place && "documentId" in place ? place.documentId : undefined;
  const readers = useDocumentReaders(documentId);
  const sources = useSources({
    exceptDocumentId: documentId,
    people: people ?? readers,
    isText: true,
  });
  const go = use(NavigateContext);
  const navigate = useEffectEvent((address: string) => go?.(address));
  const submit = useEffectEvent(() => props.onSubmit?.());
  const leave = useEffectEvent((of: Editor) => {
    if (props.onCancel) props.onCancel();
    else of.commands.blur();
  });
  /** What is shown, as it was read, and the Markdown that it stands for now. */
  const opened = useRef<{ text: ReturnType<typeof openText>; markdown: string } | null>(null);
  opened.current ??= { text: openText(value), markdown: value };

  const editor = useEditor({
    extensions: textEditorExtensions({
      ...{ naming, place, placeholder, sources },
      navigate: (address) => navigate(address),
      onSubmit: (of) => {
        // Whoever sends it takes what has become of it by then.
        flushSync(() => of.commands.nameAll());
        submit();
      },
      onLeave: (of) => leave(of),
    }),
    content: opened.current.text.json,
    // Only its menus draw anew with the text, each for itself.
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: {
        class: "markdown text-editor",
        "aria-label": label,
        "aria-multiline": "true",
        role: "textbox",
      },
    },
    onUpdate({ editor: now }) {
      const open = opened.current;
      if (!open) return;
      const markdown = open.text.write(now.state.doc);
      if (markdown === open.markdown) return;
      open.markdown = markdown;
      props.onValueChange(markdown);
    },
  });

  // Emptied after it was sent, or somebody else's: what was written before is not to be undone into it.
  useLayoutEffect(() => {
    if (!editor || opened.current?.markdown === value) return;
    opened.current = { text: openText(value), markdown: value };
    show(editor, opened.current.text.json);
  }, [editor, value]);

  useEffect(() => {
    if (editor) editor.storage.files.place = place;
  }, [editor, place]);

  const begin = useEffectEvent((in_: Editor) => {
    const { focusAt: point } = props;
    const clicked = point && in_.view.posAtCoords({ left: point.x, top: point.y });
    if (clicked) focusAt(in_, clicked.pos);
    else if (early.caret !== null) takeCaret(in_, value.slice(0, early.caret));
    if (early.files.length > 0) putFiles(in_, early.files, in_.state.selection.from);
  });
  useEffect(() => {
    if (editor) begin(editor);
    onEditor(editor);
    return () => onEditor(null);
  }, [editor, onEditor]);

  return (
    <>
      <EditorContent editor={editor} className="text-editor-place" />
      {editor && (
        <>
          <TextBubble editor={editor} />
          <TableBar editor={editor} />
        </>
      )}
    </>
  );
}

function show(editor: Editor, json: ReturnType<typeof openText>["json"]) {
  const { schema, plugins, selection } = editor.state;
  const doc = schema.nodeFromJSON(json);
  const at = TextSelection.near(doc.resolve(Math.min(selection.from, doc.content.size)), -1);
  editor.view.updateState(EditorState.create({ doc, plugins, selection: at }));
}

/** Behind what was typed: as far in as this Markdown reaches, and the spaces at its end, which Markdown drops. */
function takeCaret(editor: Editor, before: string) {
  const { doc, schema, tr } = editor.state;
  const reach = schema.nodeFromJSON(openText(before).json).content.size - 1;
  const at = Math.max(0, Math.min(reach, doc.content.size));
  const [spaces = ""] = before.match(/(?<=\S) +$/) ?? [];
  const end = Math.min(at + spaces.length, doc.resolve(at).end());
  const isThere = doc.textBetween(at, end) === spaces;
  if (!isThere) editor.view.dispatch(tr.insertText(spaces, at));
  focusAt(editor, at + spaces.length);
}

/** At once: TipTap's own way waits for a frame, in which keys are pressed already. */
function focusAt({ view }: Editor, pos: number) {
  const { doc, tr } = view.state;
  const at = Math.max(0, Math.min(pos, doc.content.size));
  view.dispatch(tr.setSelection(TextSelection.near(doc.resolve(at), -1)).scrollIntoView());
  view.focus();
}
