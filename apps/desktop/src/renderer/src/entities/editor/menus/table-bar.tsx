import type { Editor } from "@tiptap/core";
import { BubbleMenu } from "@tiptap/react/menus";
import {
  BetweenHorizontalEnd,
  BetweenHorizontalStart,
  BetweenVerticalEnd,
  BetweenVerticalStart,
  Columns2,
  Rows2,
  TableCellsMerge,
  TableProperties,
  Trash2,
} from "lucide-react";
import { IconButton } from "@/ui/controls/icon-button.tsx";

const size = 15;
const commands = [
  { label: "Insert row above", icon: <BetweenHorizontalEnd size={size} />, run: "addRowBefore" },
  { label: "Insert row below", icon: <BetweenHorizontalStart size={size} />, run: "addRowAfter" },
  { label: "Delete row", icon: <Rows2 size={size} />, run: "deleteRow" },
  null,
  { label: "Insert column left", icon: <BetweenVerticalEnd size={size} />, run: "addColumnBefore" },
  {
    label: "Insert column right",
    icon: <BetweenVerticalStart size={size} />,
    run: "addColumnAfter",
  },
  { label: "Delete column", icon: <Columns2 size={size} />, run: "deleteColumn" },
  null,
  { label: "Toggle header row", icon: <TableProperties size={size} />, run: "toggleHeaderRow" },
  { label: "Merge or split cells", icon: <TableCellsMerge size={size} />, run: "mergeOrSplit" },
  { label: "Delete table", icon: <Trash2 size={size} />, run: "deleteTable" },
] as const;

/** Over the table that the cursor is in. */
export function TableBar({ editor }: { editor: Editor }) {
  return (
    <BubbleMenu
      editor={editor}
      pluginKey="tableBar"
      updateDelay={80}
      options={{ placement: "top-start", offset: 6, flip: false, shift: { padding: 8 } }}
      getReferencedVirtualElement={() => {
        const table = tableOf(editor);
        return table && { getBoundingClientRect: () => table.getBoundingClientRect() };
      }}
      shouldShow={({ view, element, state }) => {
        if (!editor.isEditable || !editor.isActive("table")) return false;
        const isInside = element.contains(window.document.activeElement);
        // Words that are chosen have a bar of their own, at the same place.
        const isText = !state.selection.empty && !("$anchorCell" in state.selection);
        return (view.hasFocus() || isInside) && !isText;
      }}
      className="popup z-20 flex items-center gap-px p-0.5"
      role="toolbar"
      aria-label="Table"
    >
      {commands.map((command, index) =>
        command ? (
          <IconButton
            key={command.run}
            label={command.label}
            size="small"
            icon={command.icon}
            onClick={() => editor.chain().focus()[command.run]().run()}
          />
        ) : (
          // The two gaps are where they are.
          <span key={`gap-${index}`} className="mx-0.5 h-4 w-px bg-line" />
        ),
      )}
    </BubbleMenu>
  );
}

function tableOf(editor: Editor): HTMLElement | null {
  const { node } = editor.view.domAtPos(editor.state.selection.from);
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest("table") ?? null;
}
