import { Ellipsis, Link2 } from "lucide-react";
import { useOpenDocumentMenu } from "@/entities/documents/menu/use-document-menu.ts";
import { useDocumentEditor } from "@/features/documents/context/document-context.ts";
import { paths } from "@/lib/paths.ts";
import { linkTo } from "@/platform/links.ts";
import { copyText } from "@/ui/controls/copy-text.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { Menu } from "@/ui/overlays/menu.tsx";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";

/** What is done with the document as a whole. */
export function DocumentCommands() {
  const { document } = useDocumentEditor();
  const ofTree = useOpenDocumentMenu(document);
  async function copyLink() {
    const address = paths.document(document.workspaceId, document.id);
    await copyText(await linkTo(address));
    notify({ title: "Link copied" });
  }
  useShortcut(
    { keys: "mod+alt+l", label: "Copy link", group: "Document", whileTyping: true },
    copyLink,
  );
  const entries: MenuEntry[] = [
    { label: "Copy link", icon: <Link2 size={14} />, keys: "mod+alt+l", onSelect: copyLink },
    ...ofTree(),
  ];
  return (
    <Menu
      align="end"
      trigger={<IconButton label="Document options" icon={<Ellipsis size={16} />} />}
      entries={entries}
    />
  );
}
