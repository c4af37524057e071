import { Download, Printer } from "lucide-react";
import type { ReactNode } from "react";
import type { DocumentRow } from "@/entities/documents/sync/document.ts";
import { nameOf } from "@/entities/documents/sync/document.ts";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import { startDocumentExport } from "./export-request.ts";
import { printDocument } from "./print-document.ts";

/** The ways out of the house, for the menu of a document or folder. */
export function exportEntries(row: DocumentRow): MenuEntry[] {
  const { workspaceId, id: documentId } = row;
  const asked = { workspaceId, documentId, name: `“${nameOf(row)}”` };
  const start = (label: string, as: "zip" | "markdown" | "html", icon?: ReactNode): MenuEntry => ({
    label,
    icon,
    // A menu gives the focus back when it closes; what takes it comes after that.
    onSelect: () => setTimeout(() => startDocumentExport({ ...asked, as })),
  });
  if (row.kind === "folder") {
    return [start("Export as Markdown (zip)", "zip", <Download size={14} />)];
  }
  return [
    {
      kind: "submenu",
      label: "Export",
      icon: <Download size={14} />,
      entries: [
        start("Markdown with files (zip)", "zip"),
        start("Markdown, text only", "markdown"),
        start("HTML", "html"),
        {
          label: "Print, or save as PDF…",
          icon: <Printer size={14} />,
          onSelect: () => setTimeout(() => void printDocument(asked)),
        },
      ],
    },
  ];
}
