import type { BaseUIEvent } from "@base-ui/react";
import type { Editor } from "@tiptap/core";
import { DragHandle } from "@tiptap/extension-drag-handle-react";
import { ArrowDown, ArrowUp, Copy, GripVertical, Plus, Trash2 } from "lucide-react";
import { type MouseEvent, useCallback, useRef, useState } from "react";
import { textBlocks } from "@/entities/editor/menus/blocks.tsx";
import { Menu } from "@/ui/overlays/menu.tsx";
import { deleteBlock, duplicateBlock, moveBlock } from "./move-block.ts";

/** Its handlers find this on each event that they were given. */
const leaveToDrag = (event: MouseEvent) =>
  (event as Partial<BaseUIEvent<MouseEvent>>).preventBaseUIHandler?.();

/** At the left of the block under the pointer: drag it, or press for what can be done with it. */
export function BlockHandle({ editor }: { editor: Editor }) {
  const pos = useRef(-1);
  const [isOpen, setOpen] = useState(false);
  const onNodeChange = useCallback(({ pos: at }: { pos: number }) => {
    pos.current = at;
  }, []);
  const onMenu = (open: boolean) => {
    setOpen(open);
    // While its menu is open it must not wander off with the pointer.
    editor.commands.setMeta("lockDragHandle", open);
    if (open && pos.current >= 0) editor.commands.setTextSelection(pos.current + 1);
  };

  function addBelow() {
    const node = editor.state.doc.nodeAt(pos.current);
    if (!node) return;
    const at = pos.current + node.nodeSize;
    const isEmpty = node.type.name === "paragraph" && node.content.size === 0;
    const chain = editor.chain().focus();
    if (isEmpty) chain.setTextSelection(pos.current + 1);
    else chain.insertContentAt(at, { type: "paragraph" }).setTextSelection(at + 1);
    chain.insertContent("/").run();
  }

  return (
    <DragHandle editor={editor} onNodeChange={onNodeChange} className="block-handle">
      <button
        type="button"
        tabIndex={-1}
        aria-label="Add block below"
        className="block-handle-button"
        onClick={addBelow}
      >
        <Plus size={16} aria-hidden="true" />
      </button>
      <Menu
        open={isOpen}
        onOpenChange={onMenu}
        side="bottom"
        trigger={
          <button
            type="button"
            tabIndex={-1}
            aria-label="Drag to move, click for options"
            className="block-handle-button cursor-grab"
            // A menu that opens as soon as the button is down would take the drag for itself.
            onMouseDown={leaveToDrag}
            onClick={(event) => {
              leaveToDrag(event);
              onMenu(!isOpen);
            }}
          >
            <GripVertical size={16} aria-hidden="true" />
          </button>
        }
        entries={[
          {
            kind: "submenu",
            label: "Turn into",
            entries: textBlocks.map((block) => ({
              label: block.label,
              icon: block.icon,
              onSelect: () => block.run(editor.chain().focus(), editor).run(),
            })),
          },
          { kind: "separator" },
          {
            label: "Move up",
            icon: <ArrowUp size={14} />,
            keys: "alt+shift+arrowup",
            onSelect: () => moveBlock(editor, -1),
          },
          {
            label: "Move down",
            icon: <ArrowDown size={14} />,
            keys: "alt+shift+arrowdown",
            onSelect: () => moveBlock(editor, 1),
          },
          {
            label: "Duplicate",
            icon: <Copy size={14} />,
            keys: "mod+d",
            onSelect: () => duplicateBlock(editor),
          },
          {
            label: "Delete",
            icon: <Trash2 size={14} />,
            danger: true,
            onSelect: () => deleteBlock(editor),
          },
        ]}
      />
    </DragHandle>
  );
}
