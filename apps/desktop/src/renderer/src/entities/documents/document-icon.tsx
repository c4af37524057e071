import { FileText, Folder, FolderOpen } from "lucide-react";
import type { DocumentRow } from "@/entities/documents/sync/document.ts";

type Props = {
  document: Pick<DocumentRow, "icon" | "kind">;
  size?: number;
  isOpen?: boolean;
};

/** Its emoji, or what it is. */
export function DocumentIcon({ document: { icon, kind }, size = 15, isOpen = false }: Props) {
  if (icon) {
    return (
      <span className="leading-none" style={{ fontSize: size - 1 }} aria-hidden="true">
        {icon}
      </span>
    );
  }
  const Icon = kind === "document" ? FileText : isOpen ? FolderOpen : Folder;
  return <Icon size={size} aria-hidden="true" />;
}
