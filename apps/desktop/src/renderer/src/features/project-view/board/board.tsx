import { useLayoutEffect, useMemo, useRef } from "react";
import { useView } from "@/features/project-view/view/view-context.ts";
import { Announcer } from "@/ui/layout/announcer.tsx";
import { useRestoredScroll } from "@/ui/layout/restored-scroll.ts";
import { useElementWidth } from "@/ui/layout/use-element-width.ts";
import { ContextMenu } from "@/ui/overlays/context-menu.tsx";
import { BoardKeys } from "./board-keys.tsx";
import { Columns } from "./columns/columns.tsx";
import { Lanes } from "./columns/lanes.tsx";
import { FlipAnimation } from "./flip-animation.tsx";
import { BoardContext } from "./model/board-context.ts";
import { layOutBoard } from "./model/board-model.ts";
import { columnWidth } from "./model/board-sizes.ts";
import { cardElement } from "./model/card-element.ts";
import { ColumnContext } from "./model/column-context.ts";
import { useBoard } from "./use-board.ts";
import { useCardMenu } from "./use-card-menu.tsx";
import { useColumns } from "./use-columns.ts";

/** The tasks of a project as cards in columns. */
export function Board() {
  const { project, shown, search, peek, tasks, names } = useView();
  const { people } = names;
  const columns = useColumns(project);
  const { statuses, isCollapsed } = columns;
  const model = useMemo(
    () => layOutBoard(shown, { statuses, people, lanes: search.lanes }),
    [shown, statuses, people, search.lanes],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const initialOffset = useRestoredScroll(scroller, `board ${project.id}`, search);
  const open = statuses.filter(({ id }) => !isCollapsed(id)).length;
  const width = columnWidth(useElementWidth(scroller), open, statuses.length - open);
  const { parts, announcement, shift, step } = useBoard(model, columns, width);
  const menu = useCardMenu(parts);
  const openId = useMemo(() => (peek ? idOf(tasks, peek) : null), [tasks, peek]);
  // The panel takes room: what it shows must not end up behind its edge.
  useLayoutEffect(() => {
    if (openId && width) reveal(openId);
  }, [openId, width]);

  return (
    <BoardContext value={parts}>
      <ColumnContext value={columns}>
        <BoardKeys step={step} shift={shift} menu={menu} />
        <FlipAnimation model={model} scroller={scroller} dragged={parts.dragged}>
          <ContextMenu entries={menu.entries}>
            <section
              ref={scroller}
              aria-label={`${project.name} board`}
              data-edge-scroll={search.lanes === "none" ? "x" : "xy"}
              onContextMenuCapture={menu.onContextMenuCapture}
              className="min-h-0 flex-1 overflow-auto"
            >
              {search.lanes === "none" ? (
                <Columns model={model} width={width} openId={openId} />
              ) : (
                <Lanes
                  model={model}
                  width={width}
                  openId={openId}
                  scroller={scroller}
                  initialOffset={initialOffset}
                />
              )}
            </section>
          </ContextMenu>
        </FlipAnimation>
        <Announcer words={announcement} />
      </ColumnContext>
    </BoardContext>
  );
}

const reveal = (taskId: string) =>
  cardElement(taskId)?.closest("section")?.scrollIntoView({ block: "nearest", inline: "nearest" });

function idOf(tasks: ReadonlyMap<string, { id: string; key: string }>, keyOrId: string) {
  for (const { id, key } of tasks.values()) if (key === keyOrId || id === keyOrId) return id;
  return null;
}
