import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useMemo, useRef, useState } from "react";
import { useView } from "@/features/project-view/view/view-context.ts";
import { useRestoredScroll } from "@/ui/layout/restored-scroll.ts";
import { ContextMenu } from "@/ui/overlays/context-menu.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { GroupHeader } from "./group-header.tsx";
import { ListKeys } from "./list-keys.tsx";
import { ListRow } from "./list-row.tsx";
import { groupsOf, rowsOf } from "./list-rows.ts";
import { useListMenu } from "./use-list-menu.tsx";
import { useSelection } from "./use-selection.ts";
import { useStickyRange } from "./use-sticky-range.ts";

const HEADER_HEIGHT = 36;
const ROW_HEIGHT = 32;

/** The tasks of a project line by line, of which only those in sight are drawn. */
export function TaskList() {
  const { project, shown, search, names } = useView();
  const { people } = names;
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const { grouping, sorting } = search;
  const { statuses } = project;
  const groups = useMemo(
    () => groupsOf(shown, { grouping, sorting, statuses, people }),
    [shown, grouping, sorting, statuses, people],
  );
  const rows = useMemo(() => rowsOf(groups, folded), [groups, folded]);
  const scroller = useRef<HTMLDivElement>(null);
  const initialOffset = useRestoredScroll(scroller, `list ${project.id}`, search);
  const { rangeExtractor, sticky } = useStickyRange(rows);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    initialOffset,
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    estimateSize: (index) => (rows[index]?.kind === "header" ? HEADER_HEIGHT : ROW_HEIGHT),
    rangeExtractor,
    scrollPaddingStart: grouping === "none" ? 0 : HEADER_HEIGHT,
    paddingEnd: 72,
    overscan: 12,
  });
  const selection = useSelection(rows, (index) => virtualizer.scrollToIndex(index));
  const menu = useListMenu(selection);

  function toggle(groupId: string) {
    const next = new Set(folded);
    if (!next.delete(groupId)) next.add(groupId);
    setFolded(next);
  }

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <ListKeys selection={selection} openMenu={menu.openAt} />
      <ContextMenu entries={menu.entries}>
        <div
          ref={scroller}
          onContextMenuCapture={menu.onContextMenuCapture}
          className="min-h-0 flex-1 overflow-y-auto"
        >
          {/* biome-ignore lint/a11y/useSemanticElements: its rows are placed by the virtual list. */}
          <div
            role="grid"
            aria-label={`${project.name} tasks`}
            aria-multiselectable
            aria-rowcount={rows.length}
            className="relative"
            style={{ height: virtualizer.getTotalSize() }}
          >
            {virtualizer.getVirtualItems().map(({ key, index, start }) => {
              const row = rows[index];
              const isStuck = index === sticky.current;
              return (
                <div
                  key={key}
                  role="presentation"
                  className={isStuck ? "sticky top-0 z-10" : "absolute top-0 left-0 w-full"}
                  style={isStuck ? undefined : { transform: `translateY(${start}px)` }}
                >
                  {row?.kind === "header" && (
                    <GroupHeader row={row} index={index} onToggle={() => toggle(row.group.id)} />
                  )}
                  {row?.kind === "task" && (
                    <ListRow row={row} index={index} selection={selection} />
                  )}
                </div>
              );
            })}
          </div>
        </div>
      </ContextMenu>
      <BulkBar selection={selection} />
    </div>
  );
}
