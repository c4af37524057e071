import { ArrowDown, ArrowUp, Ellipsis, Trash2 } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import type { ChecklistView } from "@/entities/checklists/sync/checklist-view.ts";
import { ChecklistCount } from "@/entities/tasks/card/checklist-count.tsx";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { Menu } from "@/ui/overlays/menu.tsx";
import type { MenuEntry } from "@/ui/overlays/menu-items.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { useChecklistsParts } from "./checklists-context.ts";

type Props = { list: ChecklistView };

/** The title, how far it is, and what is done to the list as a whole. */
export function ChecklistHeader({ list }: Props) {
  const { readOnly } = useChecklistsParts();
  const done = list.items.filter(({ doneAt }) => doneAt).length;
  return (
    <header className="group/header flex min-h-7 items-center gap-2 font-medium text-13">
      {readOnly ? (
        <h3 dir="auto" className="min-w-0 break-words">
          {list.title}
        </h3>
      ) : (
        <Title list={list} />
      )}
      <ChecklistCount task={{ checklistDone: done, checklistTotal: list.items.length }} />
      {!readOnly && <Options list={list} />}
    </header>
  );
}

/** Moves the whole list one place up or down. */
function useMoveList(list: ChecklistView) {
  const { checklists, mutations, announce } = useChecklistsParts();
  const at = checklists.findIndex(({ id }) => id === list.id);
  return {
    isFirst: at <= 0,
    isLast: at === checklists.length - 1,
    move(by: 1 | -1) {
      const others = checklists.filter(({ id }) => id !== list.id);
      const to = at + by;
      if (to < 0 || to > others.length) return;
      mutations.moveList(list, { after: others[to - 1], before: others[to] });
      announce(`${list.title} moved to position ${to + 1} of ${checklists.length}`);
    },
  };
}

function Title({ list }: Props) {
  const { mutations } = useChecklistsParts();
  const { move } = useMoveList(list);
  const [typed, setTyped] = useState<string | null>(null);

  function save() {
    const title = typed?.trim();
    if (title && title !== list.title) mutations.rename(list, title);
    setTyped(null);
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return;
    const isMove = event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown");
    if (isMove) {
      event.preventDefault();
      move(event.key === "ArrowUp" ? -1 : 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      event.currentTarget.blur();
    } else if (event.key === "Escape") {
      event.preventDefault();
      setTyped(null);
    }
  }

  return (
    <h3 className="-mx-1.5 min-w-0">
      <input
        dir="auto"
        aria-label="Checklist title"
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        maxLength={200}
        value={typed ?? list.title}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={save}
        onKeyDown={onKeyDown}
        className="field-sizing-content h-7 max-w-full rounded-control bg-transparent px-1.5 hover:bg-hover focus-visible:bg-surface focus-visible:outline-1"
      />
    </h3>
  );
}

function Options({ list }: Props) {
  const { mutations } = useChecklistsParts();
  const { undo } = useSyncClient();
  const { move, isFirst, isLast } = useMoveList(list);

  function remove() {
    const step = mutations.removeList(list);
    notify({ title: `Checklist “${list.title}” deleted`, onUndo: () => undo.undo(step) });
  }
  const entries: MenuEntry[] = [
    {
      label: "Move up",
      icon: <ArrowUp size={14} />,
      keys: "alt+arrowup",
      disabled: isFirst,
      onSelect: () => move(-1),
    },
    {
      label: "Move down",
      icon: <ArrowDown size={14} />,
      keys: "alt+arrowdown",
      disabled: isLast,
      onSelect: () => move(1),
    },
    { kind: "separator" },
    { label: "Delete checklist", icon: <Trash2 size={14} />, danger: true, onSelect: remove },
  ];
  return (
    <span className="flex opacity-0 transition-opacity focus-within:opacity-100 group-hover/header:opacity-100 has-data-popup-open:opacity-100 pointer-coarse:opacity-100">
      <Menu
        trigger={
          <IconButton
            label={`Checklist options: ${list.title}`}
            size="small"
            icon={<Ellipsis size={14} />}
          />
        }
        entries={entries}
      />
    </span>
  );
}
