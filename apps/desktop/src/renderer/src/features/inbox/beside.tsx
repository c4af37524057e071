import { notificationKinds } from "@guildhall/api/client";
import { useState } from "react";
import { TextView } from "@/entities/editor/reading/text-view.tsx";
import { useNameOf } from "@/entities/people/people.ts";
import type { TaskSlots } from "@/entities/tasks/task-slots.ts";
import { PeekPanel } from "@/ui/dialogs/peek-panel.tsx";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import { RelativeTime } from "@/ui/text/relative-time.tsx";
import type { InboxGroup } from "./inbox-groups.ts";
import { ThreadBeside } from "./thread-beside.tsx";

type Props = Pick<TaskSlots, "TaskPeek"> & {
  group: InboxGroup;
  onOpen: () => void;
  onClose: () => void;
};

/** What one is told about: the task itself, or what is said in the document. */
export function Beside({ group, TaskPeek, onOpen, onClose }: Props) {
  const { subject, key } = group.latest;
  if (subject.entity === "task") return <TaskPeek taskKey={key ?? subject.id} onClose={onClose} />;
  return <Summary group={group} onOpen={onOpen} onClose={onClose} />;
}

function Summary({ group, onOpen, onClose }: Omit<Props, "TaskPeek">) {
  const { latest, items } = group;
  const nameOf = useNameOf();
  const [width, setWidth] = useState(480);
  useShortcut({ keys: "escape", label: "Close", group: "Inbox" }, onClose);
  useShortcut({ keys: "enter", label: "Open as a page", group: "Inbox" }, onOpen);
  const isDocument = latest.subject.entity === "document";
  return (
    <PeekPanel
      label={latest.title || "Notification"}
      width={width}
      onWidthChange={setWidth}
      onClose={onClose}
      onOpenWhole={onOpen}
    >
      <div className="px-5 py-4">
        <h2 dir="auto" className="mb-3 font-semibold text-16">
          {latest.title || (isDocument ? "Untitled" : "Workspace")}
        </h2>
        <ul className="grid gap-3">
          {items.map((n) => (
            <li key={n.id} className="text-13">
              <p>
                {notificationKinds[n.kind].sentence(nameOf(n.actorId), n.detail, n.things)}{" "}
                <span className="text-12 text-muted">
                  <RelativeTime at={n.at} />
                </span>
              </p>
              {n.excerpt && !n.threadId && <TextView>{n.excerpt}</TextView>}
            </li>
          ))}
        </ul>
        {isDocument && <ThreadBeside documentId={latest.subject.id} items={items} />}
      </div>
    </PeekPanel>
  );
}
