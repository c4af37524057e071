import { Ellipsis, FileText, Folder, FolderOpen, Plus } from "lucide-react";
import { use, useState } from "react";
import { useOpenDocumentMenu } from "@/entities/documents/menu/use-document-menu.ts";
import type { DocumentRow } from "@/entities/documents/sync/document.ts";
import type { DocumentWithRole } from "@/entities/documents/sync/use-document.ts";
import { useDocumentMutations } from "@/entities/documents/sync/use-document-mutations.ts";
import { useTree } from "@/entities/documents/sync/use-tree.ts";
import { OfflineSign } from "@/entities/offline/offline-sign.tsx";
import { paths } from "@/lib/paths.ts";
import { Button } from "@/ui/controls/button.tsx";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { Link, NavigateContext } from "@/ui/controls/link.tsx";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { ScrollArea } from "@/ui/layout/scroll-area.tsx";
import { Menu } from "@/ui/overlays/menu.tsx";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import { DocumentBreadcrumbs } from "./document-breadcrumbs.tsx";
import { DocumentTitle } from "./document-title.tsx";

/** What stands in a folder, in the order of the tree. */
export function FolderPage({ folder }: { folder: DocumentWithRole }) {
  const { create } = useDocumentMutations();
  const navigate = use(NavigateContext);
  const ofTree = useOpenDocumentMenu(folder);
  const typedTitle = useState<string | null>(null);
  const mayEdit = folder.role !== "viewer";
  const children = useTree().children(folder.id);
  function createInside() {
    const { id: parentId, projectId, workspaceId } = folder;
    const id = create({ kind: "document", parentId, projectId });
    navigate?.(paths.document(workspaceId, id));
  }
  const title = folder.title || "Untitled";
  const newDocument = mayEdit && (
    <Button icon={<Plus size={14} />} onClick={createInside}>
      New document
    </Button>
  );
  return (
    <>
      <ScreenHeader
        title={title}
        icon={folder.icon ?? <Folder size={15} className="text-muted" />}
        breadcrumbs={<DocumentBreadcrumbs document={folder} />}
        others={<OfflineSign place={{ kind: "document", id: folder.id }} />}
        commands={
          <Menu
            align="end"
            entries={ofTree()}
            trigger={<IconButton label="Folder options" icon={<Ellipsis size={16} />} />}
          />
        }
      />
      <ScrollArea name={`folder ${folder.id}`} className="document-scroller">
        <DocumentTitle
          document={folder}
          typedTitle={typedTitle}
          readOnly={!mayEdit}
          onLeave={() => undefined}
        />
        {children.length > 0 ? (
          <div className="document-column pt-6 pb-16">
            <ul className="grid grid-cols-[minmax(0,1fr)] gap-px">
              {children.map((child) => (
                <li key={child.id}>
                  <Child document={child} />
                </li>
              ))}
            </ul>
            {newDocument && <div className="pt-4">{newDocument}</div>}
          </div>
        ) : (
          <div className="h-72">
            <EmptyState
              icon={<FolderOpen size={18} />}
              title="This folder is empty"
              command={newDocument}
            >
              Folders group documents and share their access settings. Create a document here, or
              drag one onto the folder in the sidebar.
            </EmptyState>
          </div>
        )}
      </ScrollArea>
    </>
  );
}

function Child({ document }: { document: DocumentRow }) {
  const Icon = document.kind === "folder" ? Folder : FileText;
  return (
    <Link
      href={paths.document(document.workspaceId, document.id)}
      className="-mx-2 flex h-9 items-center gap-2.5 rounded-control px-2 text-14 hover:bg-hover"
    >
      <span className="grid w-5 place-items-center text-muted" aria-hidden="true">
        {document.icon ?? <Icon size={15} />}
      </span>
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {document.title || "Untitled"}
      </span>
      <span className="shrink-0 text-12 text-faint">
        <RelativeTime at={document.updatedAt} />
      </span>
    </Link>
  );
}
