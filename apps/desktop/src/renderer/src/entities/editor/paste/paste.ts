/** What is pasted becomes what it is: Markdown is read, a terminal's lines stay lines, addresses lead. */
import { type Editor, Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { type Naming, pasteName } from "../names/typed-names.ts";
import { cleanPastedHtml } from "./clean-html.ts";
import { kindOf, withoutColours } from "./plain-text.ts";

/** Longer, it takes a while to read, and words they are in any case. */
const MOST_MARKDOWN = 2_000_000;

export function pasting(naming: Naming) {
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
              if (pasteName(editor, text.trim(), naming)) return true;
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
    editor
      .chain()
      .focus()
      .insertContentAt(at, readPasted(text, view.state.schema))
      .scrollIntoView()
      .run();
  });
  return true;
}
