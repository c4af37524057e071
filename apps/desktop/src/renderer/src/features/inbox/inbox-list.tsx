import { type KeyboardEvent, useRef, useState } from "react";
import type { NotificationView } from "@/entities/notifications/sync/notification.ts";
import { useNameOf } from "@/entities/people/people.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { Button } from "@/ui/controls/button.tsx";
import { useRestoredScroll } from "@/ui/layout/restored-scroll.ts";
import { latinKey } from "@/ui/shortcuts/keys.ts";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import type { InboxGroup } from "./inbox-groups.ts";
import { InboxRow } from "./inbox-row.tsx";

export type InboxCommands = {
  done: (items: NotificationView[]) => void;
  toggleRead: (items: NotificationView[]) => void;
  snooze: (items: NotificationView[]) => void;
};

type Props = {
  groups: readonly InboxGroup[];
  openId: string | null;
  /** Whether a thing is shown beside the list as soon as one comes to it. */
  isBeside: boolean;
  onShow: (group: InboxGroup) => void;
  /** As a page of its own. */
  onOpen: (group: InboxGroup) => void;
  commands: InboxCommands;
  readOlder: (() => void) | null;
};

const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
const group = "Inbox";

/** One Tab stop; arrows (or j and k) go from thing to thing, which shows beside the list. */
export function InboxList(props: Props) {
  const { groups, openId, isBeside, onShow, onOpen, commands, readOlder } = props;
  const grid = useRef<HTMLDivElement>(null);
  useRestoredScroll(grid, "inbox");
  const nameOf = useNameOf();
  const { name } = useWorkspace();
  const [currentId, setCurrentId] = useState<string | null>(null);
  const current = groups.find(({ id }) => id === (currentId ?? openId)) ?? groups[0];

  useShortcut({ keys: "j", label: "Next notification", group }, () => go(1));
  useShortcut({ keys: "k", label: "Previous notification", group }, () => go(-1));
  useShortcut({ keys: "e", label: "Mark as done", group }, () => doneAndOn());
  useShortcut({ keys: "u", label: "Mark as read or unread", group }, () => onCurrent("toggleRead"));
  useShortcut({ keys: "h", label: "Snooze", group }, () => onCurrent("snooze"));

  const onCurrent = (name: keyof InboxCommands) => current && commands[name](current.items);

  function show(next: InboxGroup | undefined) {
    if (!next) return;
    grid.current?.querySelector<HTMLElement>(`[data-inbox="${next.id}"]`)?.focus();
    setCurrentId(next.id);
    if (isBeside) onShow(next);
  }

  function go(step: number) {
    const at = groups.findIndex(({ id }) => id === current?.id);
    const isEntering = !grid.current?.contains(document.activeElement);
    show(groups[Math.max(0, Math.min(groups.length - 1, isEntering ? at : at + step))]);
  }

  /** The next one is shown, or the one before: the list is worked through from top to bottom. */
  function doneAndOn() {
    if (!current) return;
    const at = groups.indexOf(current);
    const next = groups[at + 1] ?? groups[at - 1];
    commands.done(current.items);
    show(next);
  }

  function onKeyDown(event: KeyboardEvent) {
    const isRow = (event.target as Element).matches("[data-inbox]");
    if (!isRow || !current || event.metaKey || event.ctrlKey || event.altKey) return;
    const key = latinKey(event.nativeEvent);
    const step = steps[key];
    if (step) go(step);
    else if (key === "e") doneAndOn();
    else if (key === "u") onCurrent("toggleRead");
    else if (key === "h") onCurrent("snooze");
    else if (key === "Enter") {
      if (isBeside && current.id !== openId) onShow(current);
      else onOpen(current);
    } else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: its rows are opened, a table's are not.
    <div
      ref={grid}
      role="grid"
      tabIndex={-1}
      aria-label="Notifications"
      onKeyDown={onKeyDown}
      className="min-h-0 flex-1 overflow-y-auto pb-6 outline-none"
    >
      {groups.map((each) => (
        <InboxRow
          key={each.id}
          group={each}
          workspaceName={name}
          nameOf={nameOf}
          isOpen={each.id === openId}
          isCurrent={each.id === current?.id}
          onOpen={() => {
            setCurrentId(each.id);
            if (isBeside) onShow(each);
            else onOpen(each);
          }}
          onFocus={() => setCurrentId(each.id)}
        />
      ))}
      {readOlder && (
        <div className="p-3">
          <Button variant="ghost" size="small" onClick={readOlder}>
            Show older notifications
          </Button>
        </div>
      )}
    </div>
  );
}
