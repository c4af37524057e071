import { Ellipsis, Link2 } from "lucide-react";
import { useOpenDocumentMenu } from "@/features/tree/use-document-menu.ts";
import { addresses } from "@/routes/addresses.ts";
import { copyText } from "@/ui/copy-text.ts";
import { IconButton } from "@/ui/icon-button.tsx";
import { Menu } from "@/ui/menu.tsx";
import type { MenuEntry } from "@/ui/menu-items.tsx";
import { notify } from "@/ui/toast.ts";
import { useShortcut } from "@/ui/use-shortcut.ts";
import { useDocumentEditor } from "./document-context.ts";

/** What is done with the document as a whole. */
export function DocumentActions() {
  const { document } = useDocumentEditor();
  const ofTree = useOpenDocumentMenu(document);
  async function copyLink() {
    const address = addresses.document(document.workspaceId, document.id);
    await copyText(new URL(address, location.href).href);
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
