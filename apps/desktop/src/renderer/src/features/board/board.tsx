import { useLayoutEffect, useMemo, useRef } from "react";
import { useView } from "@/features/project-view/view-context.ts";
import { useWorkspace } from "@/sync/use-workspace.ts";
import { ContextMenu } from "@/ui/context-menu.tsx";
import { useKeptScroll } from "@/ui/kept-scroll.ts";
import { BoardContext } from "./board-context.ts";
import { BoardKeys } from "./board-keys.tsx";
import { layOutBoard } from "./board-model.ts";
import { columnWidth } from "./board-sizes.ts";
import { cardElement } from "./card-element.ts";
import { ColumnContext } from "./column-context.ts";
import { Columns } from "./columns.tsx";
import { Glide } from "./glide.tsx";
import { Lanes } from "./lanes.tsx";
import { Spoken } from "./spoken.tsx";
import { useBoard } from "./use-board.ts";
import { useCardMenu } from "./use-card-menu.tsx";
import { useColumns } from "./use-columns.ts";
import { useElementWidth } from "./use-element-width.ts";

/** The tasks of a project as cards in columns. */
export function Board() {
  const { project, shown, search, peek, tasks } = useView();
  const { members } = useWorkspace();
  const columns = useColumns(project);
  const { statuses, isCollapsed } = columns;
  const model = useMemo(
    () => layOutBoard(shown, { statuses, members, lanes: search.lanes }),
    [shown, statuses, members, search.lanes],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const initialOffset = useKeptScroll(scroller, `board ${project.id}`, search);
  const open = statuses.filter(({ id }) => !isCollapsed(id)).length;
  const width = columnWidth(useElementWidth(scroller), open, statuses.length - open);
  const { parts, spoken, shift, step } = useBoard(model, columns, width);
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
        <Glide model={model} scroller={scroller} dragged={parts.dragged}>
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
        </Glide>
        <Spoken words={spoken} />
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
