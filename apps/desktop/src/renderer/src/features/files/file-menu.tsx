import { Download, Ellipsis, ExternalLink, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import type { FileRow } from "@/sync/shapes.ts";
import { IconButton } from "@/ui/icon-button.tsx";
import { Menu } from "@/ui/menu.tsx";
import type { MenuEntry } from "@/ui/menu-items.tsx";
import { saveFile, useFileAddress } from "./file-address.ts";
import { RenameFile } from "./rename-file.tsx";
import { useFileVerbs } from "./use-file-verbs.ts";

export function FileMenu({ file, readOnly }: { file: FileRow; readOnly: boolean }) {
  const verbs = useFileVerbs();
  const address = useFileAddress(file.id);
  const [isRenaming, setRenaming] = useState(false);
  const entries: MenuEntry[] = [
    {
      label: "Open",
      icon: <ExternalLink size={14} />,
      disabled: !address,
      onSelect: () => void window.open(address, "_blank", "noopener"),
    },
    {
      label: "Download",
      icon: <Download size={14} />,
      disabled: !address,
      onSelect: () => address && saveFile(address, file.name),
    },
  ];
  if (!readOnly) {
    entries.push(
      { label: "Rename", icon: <Pencil size={14} />, onSelect: () => setRenaming(true) },
      { kind: "separator" },
      {
        label: "Delete",
        icon: <Trash2 size={14} />,
        danger: true,
        onSelect: () => void verbs.remove(file),
      },
    );
  }
  return (
    <>
      <Menu
        align="end"
        entries={entries}
        trigger={
          <IconButton label={`More of ${file.name}`} size="small" icon={<Ellipsis size={14} />} />
        }
      />
      {isRenaming && <RenameFile file={file} onClose={() => setRenaming(false)} />}
    </>
  );
}
