/**
 * What is written as source and shown as something else, a formula say: a click, or Enter while it is
 * chosen, opens the source below what it makes; Enter, Escape or leaving it closes it.
 */
import type { Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import type { NodeView } from "@tiptap/pm/view";
import { element } from "./dom.ts";

type Options = {
  /** The attribute that holds the source. */
  attribute: string;
  label: string;
  className: string;
  isInline: boolean;
  placeholder: string;
  /** Draws `source` into `into`; called again while it is written. */
  draw: (source: string, into: HTMLElement) => void;
};

type Shown = { node: Node; editor: Editor; getPos: () => number | undefined };

/** Of a node whose view it is: `addNodeView: sourceView({ … })`. */
export const sourceView = (options: Options) => () => (shown: Shown) => sourceBox(shown, options);

function sourceBox({ node, editor, getPos }: Shown, options: Options): NodeView {
  const { attribute, label, className, isInline, placeholder, draw } = options;
  const shown = element("span", { class: `${className}-shown` });
  const dom = element(
    isInline ? "span" : "div",
    { class: className, contenteditable: "false" },
    shown,
  );
  let box: HTMLTextAreaElement | null = null;

  const sourceOf = () => String(node.attrs[attribute] ?? "");
  function show(source: string) {
    dom.toggleAttribute("data-empty", source.trim() === "");
    if (source.trim()) draw(source, shown);
    else shown.replaceChildren(placeholder);
  }

  function open() {
    if (box || !editor.isEditable) return;
    box = element("textarea", {
      class: "source-box",
      "aria-label": label,
      rows: isInline ? "1" : "3",
      spellcheck: "false",
      placeholder,
    });
    box.value = sourceOf();
    box.addEventListener("input", () => box && show(box.value));
    box.addEventListener("keydown", onKeyDown);
    box.addEventListener("blur", () => close(true));
    dom.append(box);
    dom.dataset.open = "";
    box.focus();
    box.select();
  }

  function onKeyDown(event: KeyboardEvent) {
    event.stopPropagation();
    if (event.isComposing) return;
    const isDone = event.key === "Enter" && (isInline || event.metaKey || event.ctrlKey);
    if (event.key !== "Escape" && !isDone) return;
    event.preventDefault();
    close(event.key !== "Escape");
    const pos = getPos();
    if (pos !== undefined) editor.commands.focus(pos + node.nodeSize);
  }

  function close(isWritten: boolean) {
    if (!box) return;
    const { value } = box;
    // Taken first: removing it from the page is a blur too.
    const closing = box;
    box = null;
    closing.remove();
    delete dom.dataset.open;
    const pos = getPos();
    if (isWritten && value !== sourceOf() && pos !== undefined) {
      editor.view.dispatch(editor.state.tr.setNodeAttribute(pos, attribute, value));
    } else show(sourceOf());
  }

  show(sourceOf());
  dom.addEventListener("click", open);
  // Just put there by the person, it waits to be written.
  if (sourceOf() === "" && editor.isFocused) requestAnimationFrame(() => dom.isConnected && open());

  return {
    dom,
    update(next) {
      if (next.type !== node.type) return false;
      node = next;
      if (!box) show(sourceOf());
      return true;
    },
    selectNode() {
      dom.classList.add("ProseMirror-selectednode");
    },
    deselectNode() {
      dom.classList.remove("ProseMirror-selectednode");
    },
    stopEvent: ({ target }) => box !== null && target === box,
    ignoreMutation: () => true,
    destroy: () => close(false),
  };
}

/** Enter opens the chosen one: for those who have no pointer. */
export function openChosen(editor: Editor, names: readonly string[]): boolean {
  const { selection } = editor.state;
  const node = "node" in selection ? (selection.node as Node) : null;
  if (!node || !names.includes(node.type.name)) return false;
  const dom = editor.view.nodeDOM(selection.from);
  if (dom instanceof HTMLElement) dom.click();
  return true;
}
