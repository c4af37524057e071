import { DocumentCodeBlock } from "@guildhall/document-model";
import type { Node } from "@tiptap/pm/model";
import { copyText } from "@/ui/controls/copy-text.ts";
import { createColours, lowlight } from "./code-colours.ts";
import { diagram } from "./diagram.ts";
import { element, icon, lazySelect } from "./dom.ts";
import { languageName, languages } from "./languages.ts";

const COPIED_MS = 1_500;
/** Of lucide: copy, check. */
const copyIcon = [
  "M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V10a2 2 0 0 1 2-2",
  "M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2",
];
const doneIcon = ["M20 6 9 17l-5-5"];

/** Code with its language and a button to copy it; a diagram with what it draws. */
export const CodeBlockView = DocumentCodeBlock.extend({
  addNodeView() {
    return ({ node, getPos, editor }) => {
      let current = node;
      const code = element("code", { spellcheck: "false" });
      const pre = element("pre", {}, code);
      const { select, show } = lazySelect({
        label: "Language",
        value: node.attrs.language ?? "",
        names: languages,
        nameOf: languageName,
        className: "code-language",
        onChoose(language) {
          const pos = getPos();
          if (pos === undefined) return;
          const { tr } = editor.state;
          editor.view.dispatch(tr.setNodeAttribute(pos, "language", language || null));
          editor.view.focus();
        },
      });
      const copy = element("button", {
        type: "button",
        class: "code-button",
        "aria-label": "Copy code",
      });
      copy.append(icon(copyIcon, 14));
      copy.addEventListener("click", async () => {
        await copyText(current.textContent);
        copy.replaceChildren(icon(doneIcon, 14));
        setTimeout(() => copy.replaceChildren(icon(copyIcon, 14)), COPIED_MS);
      });
      const fold = element("button", { type: "button", class: "code-button code-fold" });
      const head = element(
        "div",
        { class: "code-head", contenteditable: "false" },
        select,
        fold,
        copy,
      );
      const dom = element("div", { class: "code-block" }, head, pre);
      const colours = createColours(dom, code);
      let drawing: ReturnType<typeof diagram> | null = null;

      function setFolded(isFolded: boolean) {
        dom.toggleAttribute("data-folded", isFolded);
        fold.textContent = isFolded ? "Show code" : "Hide code";
      }
      fold.addEventListener("click", () => setFolded(!dom.hasAttribute("data-folded")));

      function draw(next: Node) {
        current = next;
        const language = next.attrs.language ?? "";
        if (select.value !== language) show(language);
        select.disabled = !editor.isEditable;
        const isDiagram = language === "mermaid";
        fold.hidden = !isDiagram;
        if (isDiagram && !drawing) {
          // Somebody who writes it keeps the code; whoever comes to read sees what it draws.
          const isBeingWritten = editor.isFocused && editor.isEditable;
          drawing = diagram((isDrawn) => {
            if (!isDrawn) setFolded(false);
          });
          dom.append(drawing.dom);
          setFolded(!isBeingWritten);
        } else if (!isDiagram && drawing) {
          drawing.destroy();
          drawing.dom.remove();
          drawing = null;
          setFolded(false);
        }
        drawing?.show(next.textContent);
        colours.show(language, next.textContent);
      }
      draw(node);

      return {
        dom,
        contentDOM: code,
        update(next) {
          if (next.type !== node.type) return false;
          draw(next);
          return true;
        },
        stopEvent: ({ target }) => target instanceof globalThis.Node && !pre.contains(target),
        ignoreMutation: ({ target, type }) =>
          type !== "selection" && target instanceof globalThis.Node && !code.contains(target),
        destroy() {
          drawing?.destroy();
          colours.destroy();
        },
      };
    };
  },

  /** Its own colours would look through the whole document at every key, and lay spans into the text. */
  addProseMirrorPlugins() {
    const plugins = this.parent?.() ?? [];
    return plugins.filter(
      (plugin) => !("key" in plugin && String(plugin.key).startsWith("lowlight")),
    );
  },
}).configure({ lowlight, enableTabIndentation: true, tabSize: 2, exitOnTripleEnter: true });
