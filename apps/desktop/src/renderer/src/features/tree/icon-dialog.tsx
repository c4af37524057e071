import { useTreeCommands } from "@/entities/documents/menu/tree-parts.ts";
import { nameOf } from "@/entities/documents/sync/document.ts";
import { useTree } from "@/entities/documents/sync/use-tree.ts";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { EmojiChoice } from "@/ui/emoji/emoji-choice.tsx";

type Props = { id: string; open: boolean; onClose: () => void };

/** One emoji for a document, from the tree's menu; on its page a button opens the same choice. */
export function IconDialog({ id, open, onClose }: Props) {
  const row = useTree().rows.get(id);
  const { setIcon } = useTreeCommands();
  return (
    <Dialog
      open={open && row !== undefined}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Icon for “${row ? nameOf(row) : ""}”`}
      width="small"
    >
      {row && (
        <div className="-mx-5 -mb-3 border-t">
          <EmojiChoice
            current={row.icon}
            onPick={(icon) => {
              onClose();
              setIcon(row, icon);
            }}
          />
        </div>
      )}
    </Dialog>
  );
}
