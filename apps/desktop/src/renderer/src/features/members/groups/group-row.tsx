import { ChevronRight, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useId, useState } from "react";
import { formatMembers } from "@/entities/groups/format-group.ts";
import type { Group } from "@/entities/workspaces/workspace.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { cx } from "@/ui/format/cx.ts";
import { Menu } from "@/ui/overlays/menu.tsx";
import { GroupIcon } from "@/ui/people/group-icon.tsx";
import { DeleteGroup } from "./delete-group.tsx";
import { GroupDialog } from "./group-dialog.tsx";
import { GroupPeople } from "./group-people.tsx";
import { GroupRole } from "./group-role.tsx";

type Props = { group: Group; mayChange: boolean; isNew: boolean };

/** One line, which opens to show who is in the group. */
export function GroupRow({ group, mayChange, isNew }: Props) {
  const [chosen, setOpen] = useState<boolean | null>(null);
  const isOpen = chosen ?? isNew;
  const [shown, setShown] = useState<"edit" | "delete" | null>(null);
  const id = useId();
  const close = (isShown: boolean) => !isShown && setShown(null);
  return (
    <li>
      <div className="flex min-h-14 items-center gap-2 py-2 pr-3 pl-1.5">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
          className="flex min-w-0 flex-1 items-center gap-2 rounded-control px-1.5 py-1 text-left transition-colors hover:bg-hover"
        >
          <ChevronRight
            size={14}
            aria-hidden="true"
            className={cx("shrink-0 text-faint transition-transform", isOpen && "rotate-90")}
          />
          <GroupIcon color={group.color} size={32} />
          <span className="min-w-0 flex-1 pl-1">
            <span dir="auto" className="block truncate font-medium">
              {group.name}
            </span>
            <span className="block truncate text-12 text-muted">
              @{group.handle} · {formatMembers(group)}
            </span>
          </span>
        </button>
        <GroupRole group={group} mayChange={mayChange} />
        {mayChange && (
          <Menu
            align="end"
            trigger={
              <IconButton label={`Options for ${group.name}`} icon={<Ellipsis size={16} />} />
            }
            entries={[
              {
                label: "Edit group…",
                icon: <Pencil size={14} />,
                onSelect: () => setShown("edit"),
              },
              {
                label: "Delete group…",
                icon: <Trash2 size={14} />,
                danger: true,
                onSelect: () => setShown("delete"),
              },
            ]}
          />
        )}
      </div>
      <div id={id} hidden={!isOpen}>
        {isOpen && <GroupPeople group={group} mayChange={mayChange} />}
      </div>
      <GroupDialog open={shown === "edit"} onOpenChange={close} group={group} />
      <DeleteGroup group={group} open={shown === "delete"} onOpenChange={close} />
    </li>
  );
}
