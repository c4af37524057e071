import { useVirtualizer } from "@tanstack/react-virtual";
import { Archive, ChevronDown, FileText, LayoutTemplate, Plus, Trash2 } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { DocumentLine } from "@/entities/documents/document-line.tsx";
import { openDocumentImport } from "@/entities/documents/export/import-place.ts";
import { isUnderArchived } from "@/entities/documents/is-under-archived.ts";
import { useTreeCommands, useTreeParts } from "@/entities/documents/menu/tree-parts.ts";
import type { DocumentView } from "@/entities/documents/sync/document.ts";
import { nameOf } from "@/entities/documents/sync/document.ts";
import { useTree } from "@/entities/documents/sync/use-tree.ts";
import { peopleById } from "@/entities/people/people-by-id.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { compareText } from "@/lib/locale.ts";
import { paths } from "@/lib/paths.ts";
import { useAddressTab } from "@/lib/use-tab-param.ts";
import { formatError } from "@/sync/format-error.ts";
import { Button } from "@/ui/controls/button.tsx";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { Link } from "@/ui/controls/link.tsx";
import { SegmentedControl } from "@/ui/controls/segmented-control.tsx";
import { Select } from "@/ui/controls/select.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { formatCount } from "@/ui/format/format-count.ts";
import { EmptyState } from "@/ui/layout/empty-state.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { useRestoredScroll } from "@/ui/layout/restored-scroll.ts";
import { ScreenHeader } from "@/ui/layout/screen-header.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import { Menu } from "@/ui/overlays/menu.tsx";

type Tab = "all" | "templates" | "archived";
type Order = "edited" | "created" | "title" | "owner";

const LINE = 44;

/** Every document that one may see, in one list; where `G` then `D` leads. */
export function DocumentsScreen() {
  const tree = useTree();
  const { id: workspaceId } = useWorkspace();
  const [tab, setTab] = useAddressTab<Tab>(["all", "templates", "archived"]);
  const [order, setOrder] = useState<Order>("edited");
  const [query, setQuery] = useState("");
  const rows = useListed({ tab, order, query });
  return (
    <>
      <ScreenHeader
        title="Documents"
        commands={
          <>
            <Link
              href={paths.trash(workspaceId)}
              aria-label="Bin"
              className="inline-grid size-7 place-items-center rounded-control text-muted hover:bg-hover hover:text-ink"
            >
              <Trash2 size={15} aria-hidden="true" />
            </Link>
            <NewButton />
          </>
        }
      >
        <SegmentedControl
          label="Filter documents"
          value={tab}
          onValueChange={setTab}
          segments={[
            { value: "all", label: "All", icon: <FileText size={13} /> },
            { value: "templates", label: "Templates", icon: <LayoutTemplate size={13} /> },
            { value: "archived", label: "Archived", icon: <Archive size={13} /> },
          ]}
        />
      </ScreenHeader>
      {tree.error && tree.isLoading ? (
        <div className="p-4">
          <ErrorNotice title="Couldn't load documents" onRetry={tree.retry}>
            {formatError(tree.error)}
          </ErrorNotice>
        </div>
      ) : tree.isLoading ? (
        <Loading />
      ) : tree.rows.size === 0 ? (
        <FirstOne />
      ) : (
        <>
          <div className="flex items-center gap-2 border-b px-4 py-2">
            <div className="min-w-0 max-w-72 flex-1">
              <TextField
                label="Search titles"
                hideLabel
                type="search"
                placeholder="Search titles…"
                value={query}
                onValueChange={setQuery}
              />
            </div>
            <span className="ml-auto text-12 text-faint tabular-nums max-sm:hidden">
              {formatCount(rows.length, "document")}
            </span>
            <Select
              label="Sort by"
              variant="quiet"
              value={order}
              onValueChange={setOrder}
              options={[
                { value: "edited", label: "Last edited" },
                { value: "created", label: "Newest" },
                { value: "title", label: "Title" },
                { value: "owner", label: "Creator" },
              ]}
            />
          </div>
          {rows.length > 0 ? <List rows={rows} /> : <NothingHere tab={tab} query={query} />}
        </>
      )}
    </>
  );
}

function useListed({ tab, order, query }: { tab: Tab; order: Order; query: string }) {
  const { rows } = useTree();
  const { members } = useWorkspace();
  return useMemo(() => {
    const names = peopleById(members);
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = [...rows.values()].filter((row) => {
      if (!words.every((word) => row.title.toLowerCase().includes(word))) return false;
      if (tab === "archived") return row.archivedAt !== null;
      return !isUnderArchived(row, rows) && (tab === "all" || row.isTemplate);
    });
    const maker = (row: DocumentView) => names.get(row.createdBy ?? "")?.name ?? "";
    const orders: Record<Order, (a: DocumentView, b: DocumentView) => number> = {
      edited: (a, b) => b.updatedAt.getTime() - a.updatedAt.getTime(),
      created: (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
      title: byTitle,
      owner: (a, b) => compareText(maker(a), maker(b)) || byTitle(a, b),
    };
    return shown.sort(orders[order]);
  }, [rows, members, tab, order, query]);
}

const byTitle = (a: DocumentView, b: DocumentView) => compareText(nameOf(a), nameOf(b));

function List({ rows }: { rows: readonly DocumentView[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const initialOffset = useRestoredScroll(scroller, "documents");
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    initialOffset,
    estimateSize: () => LINE,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
  });
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto">
      <ul
        aria-label="Documents"
        className="relative"
        style={{ height: virtualizer.getTotalSize() + 16 }}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          return (
            row && (
              <li
                key={key}
                className="absolute inset-x-0 top-0 border-b px-2"
                style={{ transform: `translateY(${start}px)`, height: LINE }}
              >
                <DocumentLine row={row} />
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}

function NewButton() {
  const { id: workspaceId, name } = useWorkspace();
  const { mayEditIn } = useTree();
  const { create } = useTreeCommands();
  const { dialog } = useTreeParts();
  if (!mayEditIn(null)) return null;
  const spot = { parentId: null, projectId: null };
  return (
    <span className="flex">
      <Button
        variant="primary"
        icon={<Plus size={14} />}
        onClick={() => create("document", spot, "open")}
      >
        <span className="@max-lg/main:sr-only">New document</span>
      </Button>
      <Menu
        align="end"
        trigger={<IconButton label="More ways to create" icon={<ChevronDown size={14} />} />}
        entries={[
          {
            label: "From a template…",
            onSelect: () => setTimeout(() => dialog.set({ kind: "templates", spot })),
          },
          {
            label: "New folder",
            onSelect: () => setTimeout(() => create("folder", spot, "name")),
          },
          {
            label: "Import…",
            onSelect: () => setTimeout(() => openDocumentImport({ ...spot, workspaceId, name })),
          },
        ]}
      />
    </span>
  );
}

function FirstOne() {
  const { id: workspaceId, name, role } = useWorkspace();
  const { mayEditIn } = useTree();
  const { create } = useTreeCommands();
  const { dialog } = useTreeParts();
  const spot = { parentId: null, projectId: null };
  if (role === "guest") {
    return (
      <div className="min-h-0 flex-1">
        <EmptyState icon={<FileText size={18} />} title="No documents are shared with you yet">
          Those that you are added to appear here and in the sidebar.
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="min-h-0 flex-1">
      <EmptyState
        icon={<FileText size={18} />}
        title="Write down what your team knows"
        command={
          mayEditIn(null) && (
            <>
              <Button
                variant="primary"
                icon={<Plus size={14} />}
                onClick={() => create("document", spot, "open")}
              >
                New document
              </Button>
              <Button onClick={() => dialog.set({ kind: "templates", spot })}>
                From a template
              </Button>
              <Button onClick={() => openDocumentImport({ ...spot, workspaceId, name })}>
                Import
              </Button>
            </>
          )
        }
      >
        Keep decisions, plans and how-tos in one place. Several people can edit a document at once,
        and every document has its place in the tree. They're all listed here.
      </EmptyState>
    </div>
  );
}

function NothingHere({ tab, query }: { tab: Tab; query: string }) {
  const title = query
    ? `No titles match “${query}”`
    : `Nothing ${tab === "archived" ? "is archived" : "here"}`;
  const words = {
    all: "Only titles are searched here. Press / to search the text as well.",
    templates:
      "Start new documents from a template. To make one, choose “Save as template” in any document's menu.",
    archived: "Archived documents leave the tree and stay listed here.",
  };
  return (
    <div className="min-h-0 flex-1">
      <EmptyState icon={<FileText size={18} />} title={title}>
        {words[tab]}
      </EmptyState>
    </div>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading documents" className="grid gap-5 p-5">
      {["46%", "62%", "38%", "54%"].map((width) => (
        <Skeleton key={width} width={width} height={14} />
      ))}
    </div>
  );
}
