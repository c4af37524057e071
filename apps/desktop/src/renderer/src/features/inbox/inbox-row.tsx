import { notificationKinds } from "@guildhall/api/client";
import { CircleDot, FileText, FolderKanban, UsersRound } from "lucide-react";
import { isSnoozed } from "@/entities/notifications/sync/notification.ts";
import { cx } from "@/ui/format/cx.ts";
import { Cell, Row, type RowList } from "@/ui/layout/row-list.tsx";
import { Avatar } from "@/ui/people/avatar.tsx";
import { plainText } from "@/ui/text/plain-text.ts";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import type { InboxGroup } from "./inbox-groups.ts";

type Props = {
  group: InboxGroup;
  workspaceName: string;
  nameOf: (userId: string | null) => string;
  list: RowList;
  /** Shown beside the list. */
  isOpen: boolean;
  onOpen: () => void;
};

const icons = { task: CircleDot, document: FileText, project: FolderKanban, workspace: UsersRound };

/** One thing: what it is called, and the newest of what one is told about it. */
export function InboxRow(props: Props) {
  const { group, workspaceName, nameOf, list, isOpen, onOpen } = props;
  const { latest, unread, items } = group;
  const Icon = icons[latest.subject.entity];
  const who = nameOf(latest.actorId);
  const title =
    latest.title || (latest.subject.entity === "workspace" ? workspaceName : "Untitled");
  return (
    <Row
      id={group.id}
      list={list}
      isOpen={isOpen}
      onOpen={onOpen}
      className="border-b py-2 pr-4 pl-3"
    >
      <Cell className="flex gap-2.5">
        <span className="grid h-5 w-2 shrink-0 place-items-center">
          {unread > 0 && (
            <span role="img" aria-label="Unread" className="size-1.5 rounded-full bg-accent" />
          )}
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-1.5">
            <Icon size={14} className="shrink-0 text-faint" aria-hidden="true" />
            {latest.key && (
              <span className="shrink-0 text-12 text-muted tabular-nums">{latest.key}</span>
            )}
            <span
              dir="auto"
              className={cx("min-w-0 flex-1 truncate", unread > 0 ? "font-medium" : "text-muted")}
            >
              {title}
            </span>
            <span className="shrink-0 text-12 text-muted">
              <RelativeTime at={latest.at} />
            </span>
          </span>
          <span className="mt-1 flex items-center gap-1.5 text-12 text-muted">
            {latest.actorId && (
              <Avatar person={{ id: latest.actorId, name: who }} size={16} decorative />
            )}
            <span className="min-w-0 truncate">
              {notificationKinds[latest.kind].sentence(who, latest.detail, latest.things)}
              {latest.excerpt && (
                <span dir="auto" className="text-faint">
                  {" "}
                  {plainText(latest.excerpt)}
                </span>
              )}
            </span>
            {items.length > 1 && (
              <span className="ml-auto shrink-0 tabular-nums">{items.length}</span>
            )}
            {isSnoozed(latest) && <span className="ml-auto shrink-0">Snoozed</span>}
          </span>
        </span>
      </Cell>
    </Row>
  );
}
