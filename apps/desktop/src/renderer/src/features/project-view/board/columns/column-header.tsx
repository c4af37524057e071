import { draggable } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { ArrowLeft, ArrowRight, ChevronsRightLeft, Ellipsis, Plus } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Status } from "@/entities/workspaces/workspace.ts";
import { useBoardParts } from "@/features/project-view/board/model/board-context.ts";
import { useColumnParts } from "@/features/project-view/board/model/column-context.ts";
import { columnData } from "@/features/project-view/board/model/drag-data.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";
import { Menu } from "@/ui/overlays/menu.tsx";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";

type Props = { status: Status; count: number; onAdd: () => void };

export function ColumnHeader({ status, count, onAdd }: Props) {
  const { canEdit } = useBoardParts();
  const header = useRef<HTMLElement>(null);
  const { id } = status;

  useEffect(() => {
    if (!header.current || !canEdit) return;
    return draggable({ element: header.current, getInitialData: () => columnData(id) });
  }, [id, canEdit]);

  return (
    <header
      ref={header}
      className={`group/header flex h-10 shrink-0 items-center gap-2 pr-1.5 pl-3 ${canEdit ? "cursor-grab" : ""}`}
    >
      <StatusIcon category={status.category} />
      <h2 dir="auto" className="truncate font-medium text-13">
        {status.name}
      </h2>
      <span className="text-12 text-faint tabular-nums">{count}</span>
      <span className="ml-auto flex">
        <ColumnMenu status={status} />
        {canEdit && (
          <IconButton
            label={`New task in ${status.name}`}
            size="small"
            icon={<Plus size={14} />}
            onClick={onAdd}
          />
        )}
      </span>
    </header>
  );
}

function ColumnMenu({ status }: { status: Status }) {
  const { canEdit } = useBoardParts();
  const { statuses, toggle, moveColumn } = useColumnParts();
  const at = statuses.findIndex(({ id }) => id === status.id);
  const entries: MenuEntry[] = [
    {
      label: "Collapse",
      icon: <ChevronsRightLeft size={14} />,
      onSelect: () => toggle(status.id),
    },
  ];
  if (canEdit) {
    entries.push(
      { kind: "separator" },
      {
        label: "Move left",
        icon: <ArrowLeft size={14} />,
        disabled: at === 0,
        onSelect: () => moveColumn(status.id, at - 1),
      },
      {
        label: "Move right",
        icon: <ArrowRight size={14} />,
        disabled: at === statuses.length - 1,
        onSelect: () => moveColumn(status.id, at + 1),
      },
    );
  }
  return (
    <span className="opacity-0 transition-opacity focus-within:opacity-100 group-hover/header:opacity-100 has-data-popup-open:opacity-100">
      <Menu
        align="end"
        entries={entries}
        trigger={
          <IconButton
            label={`${status.name} column options`}
            size="small"
            icon={<Ellipsis size={14} />}
          />
        }
      />
    </span>
  );
}
