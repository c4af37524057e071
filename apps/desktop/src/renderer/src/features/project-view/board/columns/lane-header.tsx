import { ChevronDown } from "lucide-react";
import type { Lane } from "@/features/project-view/board/model/board-model.ts";
import { GroupIcon } from "@/features/project-view/filters/group-icon.tsx";
import { cx } from "@/ui/format/cx.ts";

export const LANE_HEADER_HEIGHT = 36;

type Props = { lane: Lane; isFolded: boolean; onToggle: () => void };

export function LaneHeader({ lane, isFolded, onToggle }: Props) {
  if (!lane.group) return null;
  return (
    <div className="flex items-center" style={{ height: LANE_HEADER_HEIGHT }}>
      <button
        type="button"
        aria-expanded={!isFolded}
        onClick={onToggle}
        className="sticky left-3 flex h-7 items-center gap-2 rounded-control px-1.5 transition-colors hover:bg-hover"
      >
        <ChevronDown
          size={14}
          aria-hidden="true"
          className={cx("text-faint transition-transform", isFolded && "-rotate-90")}
        />
        <GroupIcon group={lane.group} />
        <span dir="auto" className="font-medium">
          {lane.group.name}
        </span>
        <span className="text-12 text-faint tabular-nums">{lane.group.tasks.length}</span>
      </button>
    </div>
  );
}
