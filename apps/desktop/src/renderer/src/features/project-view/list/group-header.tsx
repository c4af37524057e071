import { ChevronDown } from "lucide-react";
import { GroupIcon } from "@/features/project-view/filters/group-icon.tsx";
import { cx } from "@/ui/format/cx.ts";
import type { Row } from "./list-rows.ts";

type Props = { row: Extract<Row, { kind: "header" }>; index: number; onToggle: () => void };

export function GroupHeader({ row, index, onToggle }: Props) {
  const { group, isFolded } = row;
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by the virtual list, not a table.
    // biome-ignore lint/a11y/useFocusableInteractive: its button takes the focus.
    <div
      role="row"
      aria-rowindex={index + 1}
      className="flex h-9 items-center border-b bg-inset pr-4 pl-2"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above. */}
      <div role="rowheader" className="flex min-w-0">
        <button
          type="button"
          aria-expanded={!isFolded}
          onClick={onToggle}
          className="flex h-7 min-w-0 items-center gap-2 rounded-control pr-2 pl-0.5 hover:bg-hover"
        >
          <ChevronDown
            size={14}
            aria-hidden="true"
            className={cx("shrink-0 text-faint transition-transform", isFolded && "-rotate-90")}
          />
          <GroupIcon group={group} />
          <span dir="auto" className="truncate font-medium">
            {group.name}
          </span>
          <span className="text-12 text-faint tabular-nums">{group.tasks.length}</span>
        </button>
      </div>
    </div>
  );
}
