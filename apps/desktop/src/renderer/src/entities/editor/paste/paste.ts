/** What is pasted becomes what it is: Markdown is read, a terminal's lines stay lines, addresses lead. */
import { type Editor, Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { ownPageOf } from "@/entities/documents/text/own-path.ts";
import { cleanPastedHtml } from "./clean-html.ts";
import { kindOf, withoutColours } from "./plain-text.ts";

export type Pasting = {
  workspaceId: string;
  titleOf: (documentId: string) => string | undefined;
  /** A task by its key or id; null when there is none for this person. */
  findTask: (keyOrId: string) => Promise<{ id: string; label: string } | null>;
};

/** Longer, it takes a while to read, and words they are in any case. */
const MOST_MARKDOWN = 2_000_000;

export function pasting(options: Pasting) {
  return Extension.create({
    name: "pasting",
    // Before the schema's own way with addresses.
    priority: 1_000,
    addProseMirrorPlugins() {
      const { editor } = this;
      return [
        new Plugin({
          props: {
            transformPastedHTML: cleanPastedHtml,
            handlePaste(view, { clipboardData }) {
              const text = clipboardData?.getData("text/plain") ?? "";
              if (!text || view.state.selection.$from.parent.type.spec.code) return false;
              if (pasteAddress(editor, text.trim(), options)) return true;
              const html = clipboardData?.getData("text/html") ?? "";
              return !isRich(html) && pastePlain(editor, view, text);
            },
          },
        }),
      ];
    },
  });
}

/** Editors of code bring their colours, and nothing else, as HTML. */
const isRich = (html: string) =>
  html !== "" && !/^\s*(<meta[^>]*>)?\s*<pre[\s>]/i.test(html) && !isFromCodeEditor(html);
const isFromCodeEditor = (html: string) =>
  /<div style="[^"]*font-family:[^"]*monospace[^"]*white-space:\s*pre/i.test(html);

function pastePlain(editor: Editor, view: EditorView, text: string): boolean {
  const kind = kindOf(text);
  if (kind === "words" || text.length > MOST_MARKDOWN) return false;
  if (kind === "terminal" && text.includes("\n")) {
    const lines = withoutColours(text).replaceAll("\r\n", "\n").replace(/\n+$/, "");
    const content = [{ type: "text", text: lines }];
    return editor.chain().focus().insertContent({ type: "codeBlock", content }).run();
  }
  if (kind !== "markdown") return false;
  const { selection } = view.state;
  import("./markdown.ts").then(({ readPasted }) => {
    if (view.isDestroyed) return;
    const { from, to } = selection;
    const size = view.state.doc.content.size;
    // Meanwhile somebody else may have written: then it goes to where the cursor is now.
    const isSame = view.state.selection.eq(selection) && to <= size;
    const at = isSame ? { from, to } : view.state.selection.from;
    editor.chain().focus().insertContentAt(at, readPasted(text)).scrollIntoView().run();
  });
  return true;
}

/** A page of this Guildhall is named, or linked where words are chosen. */
function pasteAddress(editor: Editor, text: string, options: Pasting): boolean {
  if (/\s/.test(text)) return false;
  const page = ownPageOf(text, options.workspaceId);
  if (!page) return false;
  const { empty, from, to } = editor.state.selection;
  if (page.target === "document") {
    if (!empty) return editor.chain().setLink({ href: page.href }).run();
    // With a place in it, it is a link and no name.
    if (page.href.includes("#")) return false;
    const attrs = { documentId: page.id, label: options.titleOf(page.id) ?? "Document" };
    return editor
      .chain()
      .insertContent([
        { type: "documentChip", attrs },
        { type: "text", text: " " },
      ])
      .run();
  }
  if (!empty) return false;
  editor.chain().insertContent(text).run();
  options.findTask(page.keyOrId).then((task) => {
    const end = from + text.length;
    const isThere =
      editor.state.doc.textBetween(from, Math.min(end, editor.state.doc.content.size)) === text;
    if (!task || !isThere || from !== to) return;
    const attrs = { taskId: task.id, label: task.label };
    editor.commands.insertContentAt({ from, to: end }, [
      { type: "taskChip", attrs },
      { type: "text", text: " " },
    ]);
  });
  return true;
}
