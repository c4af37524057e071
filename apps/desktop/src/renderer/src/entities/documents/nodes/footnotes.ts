import { FootnoteDefinition, FootnoteReference } from "@guildhall/document-model";
import type { ChainedCommands, Editor } from "@tiptap/core";
import { element } from "./dom.ts";

/** The small number in the text; a click goes to what it says. */
export const FootnoteReferenceView = FootnoteReference.extend({
  addNodeView() {
    return ({ node, editor }) => {
      const label = String(node.attrs.label ?? "");
      const button = element("button", { type: "button", class: "footnote-number" }, label);
      button.setAttribute("aria-label", `Footnote ${label}`);
      button.addEventListener("click", () => {
        const place = editor.view.dom.querySelector(`[data-footnote="${CSS.escape(label)}"]`);
        place?.scrollIntoView({ block: "center" });
      });
      return { dom: element("sup", { contenteditable: "false" }, button) };
    };
  },
});

export const FootnoteDefinitionView = FootnoteDefinition.extend({
  addNodeView() {
    return ({ node }) => {
      const label = String(node.attrs.label ?? "");
      const contentDOM = element("div", { class: "footnote-text" });
      const sign = element("span", { class: "footnote-sign", contenteditable: "false" }, label);
      const dom = element("div", { class: "footnote", "data-footnote": label }, sign, contentDOM);
      return {
        dom,
        contentDOM,
        update(next) {
          return next.type === node.type && String(next.attrs.label ?? "") === label;
        },
      };
    };
  },
});

/** A number where the cursor is, and its text at the end of the document. */
export function nextFootnote(chain: ChainedCommands, editor: Editor): ChainedCommands {
  let highest = 0;
  editor.state.doc.descendants((node) => {
    if (node.type.name === "footnoteDefinition") {
      highest = Math.max(highest, Number.parseInt(node.attrs.label, 10) || 0);
    }
    return !node.isTextblock;
  });
  const label = String(highest + 1);
  return chain
    .insertContent({ type: "footnoteReference", attrs: { label } })
    .command(({ tr, state }) => {
      const { footnoteDefinition, paragraph } = state.schema.nodes;
      const text = footnoteDefinition?.create({ label }, paragraph?.create());
      if (text) tr.insert(tr.doc.content.size, text);
      return true;
    });
}
