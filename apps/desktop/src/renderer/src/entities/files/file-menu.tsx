import { shownName } from "@guildhall/api/client";
import { Download, Ellipsis, ExternalLink, FileUp, History, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { chooseFiles } from "@/ui/controls/choose-files.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { Menu } from "@/ui/overlays/menu.tsx";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import type { FileRow } from "./file.ts";
import { saveFile, useFileAddress } from "./file-url.ts";
import { FileVersions } from "./file-versions.tsx";
import { RenameFile } from "./rename-file.tsx";
import { useUpload } from "./upload/use-upload.ts";
import { useFileMutations } from "./use-file-mutations.ts";

export function FileMenu({ file, readOnly }: { file: FileRow; readOnly: boolean }) {
  const mutations = useFileMutations();
  const upload = useUpload();
  const address = useFileAddress(file.id);
  const [opened, setOpened] = useState<"rename" | "versions" | null>(null);
  const close = () => setOpened(null);
  const entries: MenuEntry[] = [
    {
      label: "Open in a new window",
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
    {
      label: file.version > 1 ? `Versions (${file.version})` : "Versions",
      icon: <History size={14} />,
      onSelect: () => setOpened("versions"),
    },
  ];
  if (!readOnly) {
    entries.push(
      { kind: "separator" },
      {
        label: "Upload a new version…",
        icon: <FileUp size={14} />,
        onSelect: () =>
          chooseFiles({ multiple: false }, ([chosen]) => {
            if (chosen) upload(chosen, { replaces: file.id });
          }),
      },
      {
        label: "Rename",
        icon: <Pencil size={14} />,
        keys: "f2",
        onSelect: () => setOpened("rename"),
      },
      {
        label: "Delete",
        icon: <Trash2 size={14} />,
        keys: "delete",
        danger: true,
        onSelect: () => void mutations.remove(file),
      },
    );
  }
  return (
    <>
      <Menu
        align="end"
        entries={entries}
        trigger={
          <IconButton
            label={`Options for ${shownName(file.name)}`}
            size="small"
            icon={<Ellipsis size={14} />}
          />
        }
      />
      {opened === "rename" && <RenameFile file={file} onClose={close} />}
      {opened === "versions" && <FileVersions {...{ file, readOnly }} onClose={close} />}
    </>
  );
}
