import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { useLocation } from "@tanstack/react-router";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import {
  type MouseEvent,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { documentMenu } from "@/entities/documents/menu/document-menu.tsx";
import { listNodes, type TreeNode } from "@/entities/documents/menu/tree-nodes.ts";
import { useTreeCommands, useTreeParts } from "@/entities/documents/menu/tree-parts.ts";
import { isThere, mayGo, placeName, siblingsOf } from "@/entities/documents/menu/tree-places.ts";
import { nameOf } from "@/entities/documents/sync/document.ts";
import { pathOf, placeIdOf } from "@/entities/documents/sync/tree-index.ts";
import { type ShownTree, useFavourites, useTree } from "@/entities/documents/sync/use-tree.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useObservable } from "@/lib/observable.ts";
import { paths } from "@/lib/paths.ts";
import { cx } from "@/ui/format/cx.ts";
import { Announcer } from "@/ui/layout/announcer.tsx";
import { ContextMenu } from "@/ui/overlays/context-menu.tsx";
import { readDocument } from "./tree-drag.ts";
import { LINE, TreeRow } from "./tree-row.tsx";
import { useTreeKeys } from "./use-tree-keys.ts";

/** The workspace's documents and those of each project, in the sidebar. Only lines in sight are drawn. */
export function DocumentTree() {
  const tree = useTree();
  const parts = useTreeParts();
  const nodes = useNodes(tree);
  const container = useRef<HTMLDivElement>(null);
  const { pathname } = useLocation();
  const hereId = useHere(tree, pathname);
  const virtualizer = useLines(nodes, container);
  const menu = useLineMenu(tree);
  const tell = useTellPlace(tree);
  const onKeyDown = useTreeKeys({ nodes, tree, tell });
  useEffect(() => keepCurrent(parts.current, nodes), [parts, nodes]);

  return (
    <>
      <ContextMenu entries={menu.entries}>
        <div
          ref={container}
          role="tree"
          aria-label="Documents"
          tabIndex={-1}
          onKeyDown={onKeyDown}
          onContextMenuCapture={menu.onContextMenuCapture}
          className="relative outline-none"
          style={{ height: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const node = nodes[index];
            return (
              node && (
                <TreeRow
                  key={node.id}
                  node={node}
                  tree={tree}
                  isHere={node.id === hereId}
                  y={start - virtualizer.options.scrollMargin}
                />
              )
            );
          })}
        </div>
      </ContextMenu>
      <Announcer words={parts.announcement} />
    </>
  );
}

/** Projects with documents; while one is dragged all that could take it. */
function useNodes(tree: ShownTree): TreeNode[] {
  const { projects: all } = useWorkspace();
  const parts = useTreeParts();
  const open = useObservable(parts.open);
  const isDragging = useObservable(parts.dragged) !== null;
  return useMemo(() => {
    const projects = all.filter(
      ({ id, archivedAt, role }) =>
        !archivedAt && (tree.children(id).length > 0 || (isDragging && role !== "viewer")),
    );
    return listNodes({ tree, projects, open });
  }, [tree, all, open, isDragging]);
}

function useLines(nodes: readonly TreeNode[], container: React.RefObject<HTMLElement | null>) {
  const { dragged, current, renaming } = useTreeParts();
  const [margin, setMargin] = useState(0);
  const virtualizer = useVirtualizer({
    count: nodes.length,
    getScrollElement: () => container.current?.closest("[data-edge-scroll]") ?? null,
    estimateSize: () => LINE,
    getItemKey: (index) => nodes[index]?.id ?? index,
    overscan: 8,
    scrollMargin: margin,
    // What is dragged stays drawn: browsers end a drag whose element is gone.
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      const at = nodes.findIndex(({ id }) => id === dragged.get());
      return at < 0 || indexes.includes(at) ? indexes : [...indexes, at].sort((a, b) => a - b);
    },
  });
  // What stands above it in the sidebar comes and goes.
  useLayoutEffect(() => setMargin(container.current?.offsetTop ?? 0));
  const { id, wantsFocus } = useObservable(current);
  const named = useObservable(renaming);
  const wantedId = wantsFocus ? id : named?.id;
  const wanted = wantedId ? nodes.findIndex((node) => node.id === wantedId) : -1;
  useLayoutEffect(() => {
    if (wanted >= 0) virtualizer.scrollToIndex(wanted, { align: "auto" });
  }, [virtualizer, wanted]);
  return virtualizer;
}

/** The document of the address, shown in its place: what it stands in is opened once. */
function useHere(tree: ShownTree, pathname: string): string | null {
  const { id: workspaceId } = useWorkspace();
  const { setOpen, current } = useTreeParts();
  const start = paths.document(workspaceId, "");
  const id = pathname.startsWith(start) ? pathname.slice(start.length) : null;
  const row = tree.rows.get(id ?? "");
  const reveal = useEffectEvent(() => {
    if (!row) return;
    const path = pathOf(tree.rows, row);
    for (const above of path) setOpen(above.id, true);
    setOpen(placeIdOf(path[0] ?? row, tree.rows), true);
    if (!current.get().wantsFocus) current.set({ id: row.id, wantsFocus: false });
  });
  const isKnown = row !== undefined;
  useEffect(() => {
    if (id && isKnown) reveal();
  }, [id, isKnown]);
  return id;
}

function useLineMenu(tree: ShownTree) {
  const parts = useTreeParts();
  const commands = useTreeCommands();
  const favourites = useFavourites();
  const at = useRef<string | null>(null);
  return {
    onContextMenuCapture(event: MouseEvent) {
      const line = event.target instanceof Element && event.target.closest("[data-node-id]");
      const id = line instanceof HTMLElement ? (line.dataset.nodeId ?? null) : null;
      at.current = tree.rows.has(id ?? "") ? id : null;
      if (at.current) parts.current.set({ id: at.current, wantsFocus: false });
      // Beside the documents the browser's own menu is the better one.
      else event.stopPropagation();
    },
    entries() {
      const row = tree.rows.get(at.current ?? "");
      if (!row) return [];
      const rename = () => parts.renaming.set({ id: row.id, isNew: false });
      const isFavourite = favourites.includes(row.id);
      return documentMenu({ row, tree, commands, parts, isFavourite, rename });
    },
  };
}

/** Where something stands once it is drawn there. */
function useTellPlace(tree: ShownTree) {
  const { announcement } = useTreeParts();
  const { name, projects } = useWorkspace();
  const speak = useEffectEvent((id: string) => {
    const row = tree.rows.get(id);
    if (!row) return;
    const beside = siblingsOf(tree, row);
    const place = placeName(tree, row, {
      workspace: name,
      project: (projectId) => projects.find((p) => p.id === projectId)?.name,
    });
    const at = beside.findIndex((each) => each.id === id) + 1;
    announcement.set(`${nameOf(row)} moved to ${place}, position ${at} of ${beside.length}`);
  });
  const [moved, setMoved] = useState<{ id: string } | null>(null);
  useEffect(() => {
    if (moved) speak(moved.id);
  }, [moved]);
  return (id: string) => setMoved({ id });
}

/** There is always one line that Tab leads to, unless there is none at all. */
function keepCurrent(
  current: ReturnType<typeof useTreeParts>["current"],
  nodes: readonly TreeNode[],
) {
  const { id } = current.get();
  if (id && nodes.some((node) => node.id === id)) return;
  current.set({ id: nodes[0]?.id ?? null, wantsFocus: false });
}

/** Below the last line: the end of the workspace's own documents. */
export function TreeEnd({ children }: { children?: React.ReactNode }) {
  const tree = useTree();
  const { move } = useTreeCommands();
  const element = useRef<HTMLDivElement>(null);
  const [isOver, setOver] = useState(false);
  const rowOf = useEffectEvent((data: Record<string | symbol, unknown>) => {
    const row = tree.rows.get(readDocument(data) ?? "");
    const place = { parentId: null, projectId: null };
    return row && mayGo(tree, row, place) && !isThere(tree, row, place) ? row : null;
  });
  useEffect(() => {
    if (!element.current) return;
    return dropTargetForElements({
      element: element.current,
      canDrop: ({ source }) => rowOf(source.data) !== null,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop({ source }) {
        setOver(false);
        const row = rowOf(source.data);
        if (row) move(row, { parentId: null, projectId: null });
      },
    });
  }, [move]);
  return (
    <div
      ref={element}
      className={cx("min-h-4 rounded-control", isOver && "bg-accent-soft outline-2 outline-accent")}
    >
      {children}
    </div>
  );
}
