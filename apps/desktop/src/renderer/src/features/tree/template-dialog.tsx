import { starterKeys, starters } from "@guildhall/document-model/starters";
import { FilePlus2 } from "lucide-react";
import { useMemo, useState } from "react";
import { DocumentIcon } from "@/entities/documents/document-icon.tsx";
import { type Spot, useTreeCommands } from "@/entities/documents/menu/tree-parts.ts";
import { nameOf } from "@/entities/documents/sync/document.ts";
import { idsBelow, pathOf } from "@/entities/documents/sync/tree-index.ts";
import { useTree } from "@/entities/documents/sync/use-tree.ts";
import { compareText } from "@/lib/locale.ts";
import { Dialog } from "@/ui/dialogs/dialog.tsx";

type Props = { spot: Spot; open: boolean; onClose: () => void };

/** What a new document begins with: one of the templates, or nothing. */
export function TemplateDialog({ spot, open, onClose }: Props) {
  const tree = useTree();
  const { create, fromStarter, fromTemplate } = useTreeCommands();
  const [making, setMaking] = useState<string | null>(null);
  const templates = useMemo(
    () =>
      [...tree.rows.values()]
        .filter(({ isTemplate, archivedAt }) => isTemplate && !archivedAt)
        .sort((a, b) => compareText(nameOf(a), nameOf(b))),
    [tree.rows],
  );
  const tile =
    "flex min-h-14 items-center gap-3 rounded-control border border-line-strong bg-surface px-3 py-2 text-left shadow-card transition-colors hover:border-faint/70 hover:bg-hover disabled:opacity-60";
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="New document"
      description="Start from a template or with an empty page."
    >
      <div className="grid gap-2 pb-2 sm:grid-cols-2">
        <button
          type="button"
          className={tile}
          onClick={() => {
            onClose();
            create("document", spot, "open");
          }}
        >
          <FilePlus2 size={18} className="shrink-0 text-muted" aria-hidden="true" />
          <span>
            <span className="block font-medium">Empty document</span>
            <span className="block text-12 text-muted">A blank page</span>
          </span>
        </button>
        {templates.map((row) => (
          <button
            key={row.id}
            type="button"
            className={tile}
            disabled={making !== null}
            onClick={async () => {
              setMaking(row.id);
              await fromTemplate(row, spot);
              setMaking(null);
              onClose();
            }}
          >
            <span className="grid w-5 shrink-0 place-items-center text-muted">
              <DocumentIcon document={row} size={18} />
            </span>
            <span className="min-w-0">
              <span dir="auto" className="block truncate font-medium">
                {nameOf(row)}
              </span>
              <span className="block truncate text-12 text-muted">
                {making === row.id ? "Creating…" : about(row.id)}
              </span>
            </span>
          </button>
        ))}
        {starterKeys.map((key) => (
          <button
            key={key}
            type="button"
            className={tile}
            onClick={() => {
              onClose();
              fromStarter(key, spot);
            }}
          >
            <span className="grid w-5 shrink-0 place-items-center text-16" aria-hidden="true">
              {starters[key].icon}
            </span>
            <span className="min-w-0">
              <span className="block truncate font-medium">{starters[key].title}</span>
              <span className="block text-12 text-muted">{starters[key].summary}</span>
            </span>
          </button>
        ))}
      </div>
      <p className="pb-2 text-12 text-muted">
        Any document can be a template: choose “Save as template” in its menu.
      </p>
    </Dialog>
  );

  function about(id: string) {
    const row = tree.rows.get(id);
    const below = row?.kind === "folder" ? idsBelow(tree.rows, id).size - 1 : 0;
    if (below > 0) return `Folder with ${below} inside`;
    const above = row ? pathOf(tree.rows, row).map(nameOf).join(" / ") : "";
    return above || "In the workspace";
  }
}
