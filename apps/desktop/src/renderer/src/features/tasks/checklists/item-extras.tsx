import {
  ArrowDown,
  ArrowUp,
  CalendarDays,
  Ellipsis,
  SquareArrowOutUpRight,
  Trash2,
  UserRound,
} from "lucide-react";
import { useState } from "react";
import type { ItemView } from "@/entities/checklists/sync/checklist-view.ts";
import { useWithAssigned } from "@/entities/people/people.ts";
import { DueDate } from "@/entities/tasks/properties/day-text.tsx";
import { Combobox } from "@/ui/controls/combobox.tsx";
import { DatePicker } from "@/ui/controls/date-picker.tsx";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { cx } from "@/ui/format/cx.ts";
import { Menu } from "@/ui/overlays/menu.tsx";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import { Avatar } from "@/ui/people/avatar.tsx";
import { useChecklistsParts } from "./checklists-context.ts";
import type { ItemCommands } from "./use-item-commands.ts";

type Props = { item: ItemView; commands: ItemCommands };
type Picker = "due" | "assignee" | null;

/** When it is due, who it is for, and the rest of what can be done; what is not set is an offer. */
export function ItemExtras({ item, commands }: Props) {
  const { readOnly } = useChecklistsParts();
  const [picker, setPicker] = useState<Picker>(null);
  const opening = (name: Picker) => ({
    open: picker === name,
    onOpenChange: (isOpen: boolean) => setPicker(isOpen ? name : null),
  });
  const common = { item, commands, readOnly };
  return (
    <span className="flex h-8 shrink-0 items-center gap-0.5">
      <Due {...common} {...opening("due")} />
      <Assignee {...common} {...opening("assignee")} />
      {!readOnly && (
        <ItemMenu
          label={`Item options: ${item.text}`}
          entries={[
            {
              label: "Set due date",
              icon: <CalendarDays size={14} />,
              onSelect: () => setPicker("due"),
            },
            {
              label: "Assign",
              icon: <UserRound size={14} />,
              onSelect: () => setPicker("assignee"),
            },
            {
              label: "Turn into a task",
              icon: <SquareArrowOutUpRight size={14} />,
              onSelect: commands.makeTask,
            },
            ...placeEntries(commands),
          ]}
        />
      )}
    </span>
  );
}

export const placeEntries = ({ shift, isFirst, isLast, remove }: ItemCommands): MenuEntry[] => [
  { kind: "separator" },
  {
    label: "Move up",
    icon: <ArrowUp size={14} />,
    keys: "alt+arrowup",
    disabled: isFirst,
    onSelect: () => shift(-1),
  },
  {
    label: "Move down",
    icon: <ArrowDown size={14} />,
    keys: "alt+arrowdown",
    disabled: isLast,
    onSelect: () => shift(1),
  },
  { kind: "separator" },
  { label: "Delete item", icon: <Trash2 size={14} />, danger: true, onSelect: remove },
];

export function ItemMenu({ label, entries }: { label: string; entries: readonly MenuEntry[] }) {
  return (
    <span className={shownWhenWanted}>
      <Menu
        align="end"
        trigger={<IconButton label={label} size="small" icon={<Ellipsis size={14} />} />}
        entries={entries}
      />
    </span>
  );
}

const shownWhenWanted =
  "flex opacity-0 focus-within:opacity-100 group-focus-within/item:opacity-100 group-hover/item:opacity-100 has-data-popup-open:opacity-100 pointer-coarse:opacity-100";
/** On a phone the menu offers it. */
const offer =
  "flex opacity-0 group-focus-within/item:opacity-100 group-hover/item:opacity-100 has-data-popup-open:opacity-100 pointer-coarse:w-0 pointer-coarse:overflow-hidden";

type ExtraProps = Props & {
  readOnly: boolean;
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
};

const buttonLook =
  "flex h-6 items-center rounded-control px-1 text-muted hover:bg-active data-popup-open:bg-active";

function Due({ item, commands, readOnly, ...opening }: ExtraProps) {
  const { dueDate } = item;
  const shown = dueDate && <DueDate day={dueDate} isDone={item.doneAt !== null} />;
  if (readOnly) return shown;
  return (
    <span className={dueDate ? "flex" : offer}>
      <DatePicker
        {...opening}
        label="Due date"
        value={dueDate}
        onValueChange={(day) => commands.patch({ dueDate: day })}
        trigger={
          <button
            type="button"
            aria-label={dueDate ? undefined : "Set due date"}
            // What is not set is in the menu too: a line is not five stops for Tab.
            tabIndex={dueDate ? 0 : -1}
            className={buttonLook}
          >
            {shown ?? <CalendarDays size={14} />}
          </button>
        }
      />
    </span>
  );
}

const NOBODY = "";

function Assignee({ item, commands, readOnly, ...opening }: ExtraProps) {
  const { people } = useChecklistsParts();
  const { assigneeId } = item;
  const all = useWithAssigned([...people], assigneeId ? [assigneeId] : []);
  const person = all.find(({ id }) => id === assigneeId);
  const shown = person && <Avatar person={person} size={20} />;
  if (readOnly) return shown;
  return (
    <span className={person ? "flex" : offer}>
      <Combobox
        {...opening}
        label="Assignee"
        value={assigneeId ?? NOBODY}
        options={[
          ...all.map((each) => ({
            id: each.id,
            label: each.name,
            icon: <Avatar person={each} size={20} decorative />,
          })),
          { id: NOBODY, label: "No assignee", icon: <UserRound size={14} /> },
        ]}
        onValueChange={(id) => commands.patch({ assigneeId: id || null })}
        trigger={
          <button type="button" tabIndex={person ? 0 : -1} className={cx(buttonLook, "min-w-6")}>
            {shown ?? <UserRound size={14} aria-label="Assign" />}
          </button>
        }
      />
    </span>
  );
}
