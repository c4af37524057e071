import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { formatDate } from "@/lib/locale.ts";
import { useToday } from "@/ui/format/use-today.ts";
import { RowGrid, RowGroup, useRowList } from "@/ui/layout/row-list.tsx";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import { type ActivityGroup, activityDays } from "./activity-lines.ts";
import { ActivityRow } from "./activity-row.tsx";
import { useSubjects } from "./subjects.ts";
import type { useActivity } from "./use-activity.ts";

type Props = {
  activity: ReturnType<typeof useActivity>;
  /** Shows the project's board as it was right after a change; absent for those who may not. */
  onShowBoard?: (seq: number) => void;
};

/** Day by day; Enter opens the thing, or what one person did to it one after the other. */
export function ActivityList({ activity, onShowBoard }: Props) {
  const { items, names, readOlder, isWhole, storedFrom } = activity;
  const subjects = useSubjects(names);
  const today = useToday();
  const navigate = useNavigate();
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const days = useMemo(() => activityDays(items, subjects.names, today), [items, subjects, today]);
  const groups = useMemo(
    () => new Map(days.flatMap((day) => day.groups).map((group) => [group.id, group])),
    [days],
  );

  function open(group: ActivityGroup | undefined) {
    if (!group) return;
    if (group.lines.length > 1) return toggle(group.id, !expanded.has(group.id));
    const { href } = subjects.subjectOf(group);
    if (href) navigate({ to: href });
  }
  const toggle = (id: string, isExpanded: boolean) =>
    setExpanded((old) => {
      const next = new Set(old);
      if (isExpanded) next.add(id);
      else next.delete(id);
      return next;
    });

  const list = useRowList({
    ...{ scroll: "activity", group: "Activity", noun: "activity", openId: null },
    ids: [...groups.keys()],
    keys: {
      Enter: (id) => open(groups.get(id)),
      ArrowRight: (id) => toggle(id, true),
      ArrowLeft: (id) => toggle(id, false),
    },
  });
  useShortcut(
    { keys: onShowBoard ? "b" : null, label: "Show the board at this moment", group: "Activity" },
    () => {
      const current = list.currentId && groups.get(list.currentId);
      if (current) onShowBoard?.(current.seq);
    },
  );

  return (
    <RowGrid label="Activity" list={list} isTree>
      {days.map(({ name, groups: some }) => (
        <RowGroup key={name} name={name}>
          {some.map((group) => (
            <ActivityRow
              key={group.id}
              group={group}
              subjects={subjects}
              list={list}
              isExpanded={expanded.has(group.id)}
              onOpen={() => open(group)}
              onShowBoard={onShowBoard}
            />
          ))}
        </RowGroup>
      ))}
      {readOlder && <WhenSeen onSeen={readOlder} />}
      {isWhole && storedFrom && (
        <p className="px-4 py-3 text-12 text-muted">
          Activity is kept from {formatDate(storedFrom, { dateStyle: "long" })} on. Tasks keep their
          own history for longer.
        </p>
      )}
    </RowGrid>
  );
}

/** At the end of what was read: whoever comes near it reads on. */
function WhenSeen({ onSeen }: { onSeen: () => void }) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!mark.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onSeen(), {
      rootMargin: "400px",
    });
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [onSeen]);
  return <div ref={mark} className="h-8" />;
}
