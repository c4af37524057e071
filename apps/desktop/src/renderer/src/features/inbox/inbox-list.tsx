import type { NotificationView } from "@/entities/notifications/sync/notification.ts";
import { useNameOf } from "@/entities/people/people.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { Button } from "@/ui/controls/button.tsx";
import { RowGrid, useRowList } from "@/ui/layout/row-list.tsx";
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

const group = "Inbox";

/** Arrows (or j and k) go from thing to thing, which shows beside the list. */
export function InboxList(props: Props) {
  const { groups, openId, isBeside, onShow, onOpen, commands, readOlder } = props;
  const nameOf = useNameOf();
  const { name } = useWorkspace();
  const byId = new Map(groups.map((each) => [each.id, each]));
  const list = useRowList({
    ...{ scroll: "inbox", group, noun: "notification", openId },
    ids: [...byId.keys()],
    onGo: (id) => show(byId.get(id)),
    keys: {
      e: () => doneAndOn(),
      u: () => onCurrent("toggleRead"),
      h: () => onCurrent("snooze"),
      Enter: (id) => {
        const row = byId.get(id);
        if (!row) return;
        if (isBeside && id !== openId) onShow(row);
        else onOpen(row);
      },
    },
  });
  const current = list.currentId === undefined ? undefined : byId.get(list.currentId);

  useShortcut({ keys: "e", label: "Mark as done", group }, () => doneAndOn());
  useShortcut({ keys: "u", label: "Mark as read or unread", group }, () => onCurrent("toggleRead"));
  useShortcut({ keys: "h", label: "Snooze", group }, () => onCurrent("snooze"));

  const onCurrent = (name: keyof InboxCommands) => current && commands[name](current.items);

  function show(next: InboxGroup | undefined) {
    if (next && isBeside) onShow(next);
  }

  /** The next one is shown, or the one before: the list is worked through from top to bottom. */
  function doneAndOn() {
    if (!current) return;
    const at = groups.indexOf(current);
    const next = groups[at + 1] ?? groups[at - 1];
    commands.done(current.items);
    if (next) list.focus(next.id);
    show(next);
  }

  return (
    <RowGrid label="Notifications" list={list}>
      {groups.map((each) => (
        <InboxRow
          key={each.id}
          group={each}
          workspaceName={name}
          nameOf={nameOf}
          list={list}
          isOpen={each.id === openId}
          onOpen={() => (isBeside ? onShow(each) : onOpen(each))}
        />
      ))}
      {readOlder && (
        <div className="p-3">
          <Button variant="ghost" size="small" onClick={readOlder}>
            Show older notifications
          </Button>
        </div>
      )}
    </RowGrid>
  );
}
