import { useState } from "react";
import type { Status } from "@/entities/workspaces/workspace.ts";
import { COLLAPSED_WIDTH, COLUMN_GAP } from "@/features/project-view/board/model/board-sizes.ts";
import { useColumnParts } from "@/features/project-view/board/model/column-context.ts";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";
import { ColumnHeader } from "./column-header.tsx";
import { ColumnSlot } from "./column-slot.tsx";
import { QuickAdd } from "./quick-add.tsx";

export const LANE_HEADERS_HEIGHT = 44;

type Props = { width: number; countOf: (statusId: string) => number };

/** The columns' names stay in sight while the lanes scroll under them. */
export function LaneColumnHeaders({ width, countOf }: Props) {
  const { statuses, isCollapsed, toggle } = useColumnParts();
  const [adding, setAdding] = useState<string | null>(null);
  return (
    <div
      className="sticky top-0 z-10 flex bg-surface"
      style={{ gap: COLUMN_GAP, height: LANE_HEADERS_HEIGHT }}
    >
      {statuses.map((status) => (
        <ColumnSlot key={status.id} statusId={status.id}>
          {isCollapsed(status.id) ? (
            <FoldedHeader status={status} count={countOf(status.id)} onOpen={toggle} />
          ) : (
            <div className="relative" style={{ width }}>
              <ColumnHeader
                status={status}
                count={countOf(status.id)}
                onAdd={() => setAdding(status.id)}
              />
              {adding === status.id && (
                <div className="absolute inset-x-0 top-10">
                  <QuickAdd status={status} onClose={() => setAdding(null)} />
                </div>
              )}
            </div>
          )}
        </ColumnSlot>
      ))}
    </div>
  );
}

type FoldedProps = { status: Status; count: number; onOpen: (statusId: string) => void };

function FoldedHeader({ status, count, onOpen }: FoldedProps) {
  return (
    <button
      type="button"
      aria-expanded={false}
      aria-label={`${status.name}, ${count} tasks, collapsed`}
      title={`Expand ${status.name}`}
      onClick={() => onOpen(status.id)}
      className="grid h-10 place-items-center rounded-control transition-colors hover:bg-hover"
      style={{ width: COLLAPSED_WIDTH }}
    >
      <StatusIcon category={status.category} />
    </button>
  );
}
