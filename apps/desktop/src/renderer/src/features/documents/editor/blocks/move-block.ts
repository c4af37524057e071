/** What is done to a whole block: the one in the text itself that the cursor stands in. */
import { type Editor, Extension } from "@tiptap/core";
import { NodeSelection, TextSelection } from "@tiptap/pm/state";

function blockAt(editor: Editor) {
  const { doc, selection } = editor.state;
  const { $from } = selection;
  const index = $from.index(0);
  const node = doc.maybeChild(index);
  return node ? { node, index, pos: $from.posAtIndex(index, 0) } : null;
}

/** Past the block before or behind it; the cursor stays where it is in the words. */
export function moveBlock(editor: Editor, by: -1 | 1): boolean {
  const block = blockAt(editor);
  const other = block && editor.state.doc.maybeChild(block.index + by);
  if (!block || !other) return false;
  const { node, pos } = block;
  const { tr, selection } = editor.state;
  const to = by < 0 ? pos - other.nodeSize : pos + other.nodeSize;
  const offset = selection.from - pos;
  tr.delete(pos, pos + node.nodeSize).insert(to, node);
  const $at = tr.doc.resolve(to + offset);
  tr.setSelection(
    selection instanceof NodeSelection ? NodeSelection.create(tr.doc, to) : TextSelection.near($at),
  );
  editor.view.dispatch(tr.scrollIntoView());
  editor.view.focus();
  return true;
}

export function duplicateBlock(editor: Editor): boolean {
  const block = blockAt(editor);
  if (!block) return false;
  const at = block.pos + block.node.nodeSize;
  editor.view.dispatch(editor.state.tr.insert(at, block.node).scrollIntoView());
  editor.view.focus();
  return true;
}

export function deleteBlock(editor: Editor): boolean {
  const block = blockAt(editor);
  if (!block) return false;
  editor.view.dispatch(editor.state.tr.delete(block.pos, block.pos + block.node.nodeSize));
  editor.view.focus();
  return true;
}

export const BlockKeys = Extension.create({
  name: "blockKeys",
  addKeyboardShortcuts() {
    const { editor } = this;
    return {
      "Alt-Shift-ArrowUp": () => moveBlock(editor, -1),
      "Alt-Shift-ArrowDown": () => moveBlock(editor, 1),
      "Mod-d": () => duplicateBlock(editor),
    };
  },
});
