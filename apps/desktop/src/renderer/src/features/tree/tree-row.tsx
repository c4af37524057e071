import { ChevronRight, Ellipsis, LockKeyhole, Plus } from "lucide-react";
import { memo, type RefObject, useEffect, useRef, useSyncExternalStore } from "react";
import { DocumentIcon } from "@/entities/documents/document-icon.tsx";
import type { TreeNode } from "@/entities/documents/menu/tree-nodes.ts";
import { useTreeCommands, useTreeParts } from "@/entities/documents/menu/tree-parts.ts";
import { nameOf } from "@/entities/documents/sync/document.ts";
import type { ShownTree } from "@/entities/documents/sync/use-tree.ts";
import { useOthersAt } from "@/entities/presence/use-presence.ts";
import { projectColor } from "@/entities/projects/project-color.ts";
import { formatList } from "@/lib/locale.ts";
import { paths } from "@/lib/paths.ts";
import { Link } from "@/ui/controls/link.tsx";
import { cx } from "@/ui/format/cx.ts";
import { LabelDot } from "@/ui/icons/label-dot.tsx";
import { AvatarStack } from "@/ui/people/avatar-stack.tsx";
import { TitleField } from "./title-field.tsx";
import { useTreeDrag } from "./tree-drag.ts";

/** A line's height, and how much further in each level stands, in pixels. */
export const LINE = 28;
const INDENT = 14;
/** Deeper than this the lines go on below each other, or no title would have room. */
const DEEPEST = 9;

const indentOf = (level: number) => (Math.min(level, DEEPEST) - 1) * INDENT;

type Props = { node: TreeNode; tree: ShownTree; isHere: boolean; y: number };

export const TreeRow = memo(function TreeRow({ node, tree, isHere, y }: Props) {
  const { setOpen, current } = useTreeParts();
  const { show } = useTreeCommands();
  const element = useRef<HTMLDivElement>(null);
  const line = useLineState(node.id, element);
  useTreeDrag(element, { node, tree });
  const { id, level, isOpen, position, count } = node;
  const name = node.kind === "project" ? node.project.name : nameOf(node.row);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys of all its lines.
    <div
      ref={element}
      role="treeitem"
      aria-label={node.kind === "project" ? `${name} documents` : name}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={count}
      aria-expanded={isOpen ?? undefined}
      aria-selected={isHere}
      tabIndex={line.isCurrent ? 0 : -1}
      data-node-id={id}
      data-drop={line.drop ?? undefined}
      onFocus={(event) => {
        if (event.target === event.currentTarget) current.set({ id, wantsFocus: false });
      }}
      onClick={(event) => {
        current.set({ id, wantsFocus: false });
        // The title is a link, and has gone there by itself.
        if (event.defaultPrevented || line.renaming) return;
        if (node.kind === "document") show(node.row);
        else setOpen(id, !isOpen);
      }}
      style={{ transform: `translateY(${y}px)`, height: LINE, paddingLeft: indentOf(level) }}
      className={cx(
        "group/line absolute inset-x-0 top-0 flex cursor-default items-center rounded-control pr-1 font-medium transition-colors focus-visible:-outline-offset-1",
        isHere ? "bg-active text-ink" : "text-muted hover:bg-hover hover:text-ink",
        line.drop === "inside" &&
          "bg-accent-soft text-ink outline-2 outline-accent -outline-offset-2",
        line.isDragged && "opacity-40",
      )}
    >
      <Chevron isOpen={isOpen} onToggle={() => setOpen(id, !isOpen)} />
      <span className="grid w-5 shrink-0 place-items-center">
        {node.kind === "project" ? (
          <LabelDot color={projectColor(id)} size={10} />
        ) : (
          <DocumentIcon document={node.row} isOpen={isOpen === true} />
        )}
      </span>
      {node.kind === "document" && line.renaming ? (
        <TitleField row={node.row} isNew={line.renaming.isNew} />
      ) : node.kind === "document" ? (
        <Link
          href={paths.document(node.row.workspaceId, id)}
          tabIndex={-1}
          draggable={false}
          className={cx("min-w-0 flex-1 truncate pl-1", !node.row.title && "text-faint")}
        >
          {name}
        </Link>
      ) : (
        <span dir="auto" className="min-w-0 flex-1 truncate pl-1 text-left">
          {name}
        </span>
      )}
      {node.kind === "document" && node.row.visibility === "private" && (
        <LockKeyhole
          size={12}
          aria-label="Private"
          className="mx-1 shrink-0 text-faint group-hover/line:hidden"
        />
      )}
      {node.kind === "document" && <Readers id={id} />}
      {!line.renaming && <LineButtons node={node} tree={tree} element={element} />}
      {(line.drop === "before" || line.drop === "after") && (
        <DropLine
          at={line.drop}
          left={indentOf(line.drop === "after" && isOpen ? level + 1 : level)}
        />
      )}
    </div>
  );
});

/** Others who have it open. */
function Readers({ id }: { id: string }) {
  const people = useOthersAt("reading", id);
  if (people.length === 0) return null;
  return (
    <span
      title={`${formatList(people.map(({ name }) => name))} here now`}
      className="mx-1 shrink-0 group-hover/line:hidden [--stack-ring:var(--canvas)]"
    >
      <AvatarStack people={people} size={16} most={2} />
    </span>
  );
}

function Chevron({ isOpen, onToggle }: { isOpen: boolean | null; onToggle: () => void }) {
  if (isOpen === null) return <span className="w-5 shrink-0" />;
  return (
    <button
      type="button"
      tabIndex={-1}
      // The keys of the tree do the same, and the line says whether it is open.
      aria-hidden="true"
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
      className="grid size-5 shrink-0 place-items-center rounded-[4px] text-faint hover:bg-hover hover:text-ink"
    >
      <ChevronRight
        size={13}
        className={cx("transition-transform duration-150", isOpen && "rotate-90")}
      />
    </button>
  );
}

type ButtonsProps = { node: TreeNode; tree: ShownTree; element: RefObject<HTMLDivElement | null> };

/** For the pointer; everything here has a key, and stands in the menu. */
function LineButtons({ node, tree, element }: ButtonsProps) {
  const { create } = useTreeCommands();
  const [spot, mayAdd] =
    node.kind === "project"
      ? [{ parentId: null, projectId: node.id }, tree.mayEditIn(node.id)]
      : [{ parentId: node.id, projectId: node.row.projectId }, tree.mayEdit(node.row)];
  const button =
    "grid size-5 place-items-center rounded-[4px] text-muted hover:bg-hover hover:text-ink";
  return (
    <span className="hidden shrink-0 group-hover/line:flex" aria-hidden="true">
      {node.kind === "document" && (
        <button
          type="button"
          tabIndex={-1}
          title="More"
          className={button}
          onClick={(event) => {
            event.stopPropagation();
            const { clientX, clientY } = event;
            element.current?.dispatchEvent(
              new window.MouseEvent("contextmenu", { bubbles: true, clientX, clientY }),
            );
          }}
        >
          <Ellipsis size={14} />
        </button>
      )}
      {mayAdd && (
        <button
          type="button"
          tabIndex={-1}
          title="New document inside"
          className={button}
          onClick={(event) => {
            event.stopPropagation();
            create("document", spot, "name");
          }}
        >
          <Plus size={14} />
        </button>
      )}
    </span>
  );
}

function DropLine({ at, left }: { at: "before" | "after"; left: number }) {
  return (
    <span
      aria-hidden="true"
      style={{ left: left + 8 }}
      className={cx(
        "pointer-events-none absolute right-0 z-10 h-0.5 rounded-full bg-accent before:absolute before:-top-[3px] before:-left-1 before:size-2 before:rounded-full before:border-2 before:border-accent before:bg-canvas",
        at === "before" ? "-top-px" : "-bottom-px",
      )}
    />
  );
}

/** Each line draws again only for what concerns it. */
function useLineState(id: string, element: RefObject<HTMLElement | null>) {
  const { current, renaming, dragged, dropAt } = useTreeParts();
  const isCurrent = useSyncExternalStore(current.watch, () => current.get().id === id);
  const wantsFocus = useSyncExternalStore(
    current.watch,
    () => current.get().id === id && current.get().wantsFocus,
  );
  const named = useSyncExternalStore(renaming.watch, () =>
    renaming.get()?.id === id ? renaming.get() : null,
  );
  const isDragged = useSyncExternalStore(dragged.watch, () => dragged.get() === id);
  const drop = useSyncExternalStore(dropAt.watch, () =>
    dropAt.get()?.id === id ? (dropAt.get()?.where ?? null) : null,
  );
  useEffect(() => {
    if (!wantsFocus) return;
    element.current?.focus({ preventScroll: true });
    current.set({ id, wantsFocus: false });
  }, [wantsFocus, id, element, current]);
  return { isCurrent, renaming: named, isDragged, drop };
}
